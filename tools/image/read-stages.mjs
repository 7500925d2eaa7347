import { DockerfileParser } from "dockerfile-ast";

/** The stages of a Dockerfile: each its base image, its name and its instructions in their order. */
export function readStages(text) {
  const file = DockerfileParser.parse(text);
  const given = new Map(file.getInitialARGs().map((arg) => propertyOf(arg.getProperty())));
  const stages = [];
  for (const instruction of file.getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === "FROM") {
      const image = instruction.getImage().replace(/\$\{?(\w+)\}?/g, (_all, name) => given.get(name) ?? "");
      stages.push({ image, name: instruction.getBuildStage() ?? "", steps: [] });
    } else stages.at(-1)?.steps.push(readStep(keyword, instruction));
  }
  return stages;
}

function readStep(keyword, instruction) {
  const content = instruction.getArgumentsContent() ?? "";
  return {
    keyword,
    content,
    line: instruction.getTextContent(),
    words: instruction.getArguments().map((argument) => argument.getValue()),
    flags: Object.fromEntries(
      (instruction.getFlags?.() ?? []).map((flag) => [flag.getName(), flag.getValue()]),
    ),
    properties: Object.fromEntries((instruction.getProperties?.() ?? []).map(propertyOf)),
    command: readJson(content.replace(/^CMD\s+/, "")),
  };
}

const propertyOf = (property) => [property.getName(), property.getValue()];

/** The words of the exec form, undefined where it is none. */
function readJson(text) {
  try {
    const words = JSON.parse(text);
    return Array.isArray(words) ? words : undefined;
  } catch {
    return undefined;
  }
}
