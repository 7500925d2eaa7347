import { fromBinary } from "@bufbuild/protobuf";
import type { ImageSpec, Layer } from "@flyte-mcp/idl/imagebuilder/definition";
import { ImageSpecSchema } from "@flyte-mcp/idl/imagebuilder/definition";
import { readString, string } from "../literals.ts";
import type { Script, ScriptContext } from "../script.ts";
import { createUserError } from "../task-error.ts";

const LAYER_MS = 100;
const REGISTRY = "registry.sandbox.test/builds";

/** `build-image`: reads the spec it is given, plays a build of its layers and returns the image's name; what ends in `-fail` fails. */
export const buildImage: Script = async (context) => {
  const spec = readSpec(context);
  const target = readString(context.args, "target_image");
  if (!/^\S+:\S+$/.test(target)) throw refuse(`target_image '${target}' has no tag`);
  context.log(`#1 FROM ${spec.baseImage}`);
  for (const [index, layer] of spec.layers.entries()) {
    context.log(`#${index + 2} ${layer.layer.case} ${textsOf(layer).join(" ")}`);
    await context.wait(LAYER_MS);
    const broken = textsOf(layer).find((text) => text.endsWith("-fail"));
    if (broken === undefined) continue;
    context.log(`ERROR: process "${broken}" did not complete successfully: exit code: 1`);
    throw refuse(`layer ${index + 1} of ${spec.layers.length} (${layer.layer.case}) failed: exit code 1`);
  }
  const fqin = target.includes("/") ? target : `${REGISTRY}/${target}`;
  context.log(`#${spec.layers.length + 2} pushed ${fqin}`);
  context.keepImage(target.slice(target.lastIndexOf("/") + 1), fqin);
  return string(fqin);
};

function readSpec({ args, readBlob }: ScriptContext): ImageSpec {
  const uri = readString(args, "spec");
  const bytes = readBlob(uri);
  if (!bytes) throw refuse(`there is no spec at '${uri}'`);
  const spec = parseSpec(bytes);
  if (spec.baseImage === "" || !/^3\.\d+$/.test(spec.pythonVersion))
    throw refuse(`base image '${spec.baseImage}' or Python version '${spec.pythonVersion}' is not valid`);
  if (spec.layers.some(({ layer }) => layer.case === undefined)) throw refuse("a layer of the spec is empty");
  const context = readString(args, "context");
  if (context !== "" && !readBlob(context)) throw refuse(`there is no context at '${context}'`);
  if (context === "" && spec.layers.some(needsFiles)) throw refuse("the spec needs files and has no context");
  return spec;
}

function parseSpec(bytes: Uint8Array): ImageSpec {
  try {
    return fromBinary(ImageSpecSchema, bytes);
  } catch (error) {
    throw refuse(`the spec cannot be read: ${String(error)}`);
  }
}

function needsFiles({ layer }: Layer): boolean {
  return ["requirements", "pythonWheels", "copyConfig", "uvProject", "poetryProject"].includes(
    layer.case ?? "",
  );
}

function textsOf({ layer }: Layer): readonly string[] {
  if (layer.case === "commands") return layer.value.cmd;
  if (layer.case === "aptPackages" || layer.case === "pipPackages") return layer.value.packages;
  return [];
}

function refuse(message: string): Error {
  return createUserError("ImageBuildError", message, "build_image");
}
