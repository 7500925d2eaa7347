import { validate } from "dockerfile-utils";
import { readStages } from "./read-stages.mjs";

const LABELS = ["title", "description", "licenses", "source", "documentation", "version", "revision"];

/** What is wrong with the Dockerfile of an app, one sentence each: what the language forbids, and what this house does. */
export function findFaults(text) {
  const stages = readStages(text);
  const last = stages.at(-1);
  if (last === undefined) return ["it has no stage"];
  const mistakes = validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
  return [...mistakes, ...stages.flatMap(checkStage), ...checkRuntime(last)];
}

function checkStage({ image, steps }) {
  const isPinned = /@sha256:|:(?!latest$)[^/:]+$/.test(image);
  return [
    ...(isPinned ? [] : [`the image ${image || "without a name"} has neither a tag of its own nor a digest`]),
    ...steps
      .filter(({ keyword }) => keyword === "ADD")
      .map(({ line }) => `${line}: ADD also fetches and unpacks; COPY`),
  ];
}

/** The image that is shipped has no shell, and whoever breaks in is nobody. */
function checkRuntime({ steps }) {
  const all = (keyword) => steps.filter((step) => step.keyword === keyword);
  const last = (keyword) => all(keyword).at(-1);
  const health = last("HEALTHCHECK");
  const labels = Object.assign({}, ...all("LABEL").map(({ properties }) => properties));
  const faults = [
    [!/^[1-9]\d*(:[1-9]\d*)?$/.test(last("USER")?.content ?? ""), "USER must be a number other than 0"],
    [!last("ENTRYPOINT")?.command, "ENTRYPOINT must be in exec form"],
    [all("CMD").some(({ command }) => !command), "CMD must be in exec form"],
    [!health?.command && health?.content !== "NONE", "HEALTHCHECK must be in exec form, or NONE"],
    [all("RUN").length > 0, "RUN needs a shell that the image does not have"],
    [
      all("COPY").some(({ flags }) => !flags.from),
      "COPY into the image that is shipped must be from the build",
    ],
    ...LABELS.map((name) => [!labels[`org.opencontainers.image.${name}`], `the label ${name} is missing`]),
  ];
  return faults.filter(([isFault]) => isFault).map(([, sentence]) => sentence);
}
