import { toJson } from "@bufbuild/protobuf";
import type { ToolContext } from "@flyte-mcp/core";
import { ImageSpecSchema } from "@flyte-mcp/idl/imagebuilder/definition";
import { findImage } from "@flyte-mcp/images";
import type { FoundImage, Image } from "@flyte-mcp/images";
import type { BuildOptions } from "./build-input.ts";
import type { BuildAnswer } from "./build-output.ts";
import { followBuild } from "./follow-build.ts";
import { startBuild } from "./start-build.ts";

/** Shows an image, finds it, or has it built, as the options say. */
export async function makeImage(
  context: ToolContext,
  args: BuildOptions & { project?: string | undefined; domain?: string | undefined },
  image: Image,
): Promise<BuildAnswer> {
  const answer = { tag: image.tag, target_image: image.target };
  if (args.dry_run) return { ...answer, ...describeImage(image) };
  if (!image.needsBuild) return { ...answer, image_uri: image.uri, exists: true, message: AS_IT_IS };
  const { project, domain } = args;
  const scope = context.scope({ ...(project && { project }), ...(domain && { domain }) });
  const found = await findImage(context.flyte, scope, image.id);
  if (found && !args.force) return { ...answer, ...describeFound(context, found) };
  const run = await startBuild(context, scope, image, args.force ?? false);
  const url = context.consoleUrl({ kind: "runs", ...scope, path: [run] });
  const started = { ...answer, exists: false, run, project: scope.project, domain: scope.domain, url };
  if (args.wait) return { ...started, ...(await followBuild(context, scope, run)) };
  return { ...started, message: `Follow with wait_for_run ${run}; its output is the image's name.` };
}

const AS_IT_IS = "The base image is used as it is; nothing is to be built.";

function describeImage({ spec, files }: Image): Partial<BuildAnswer> {
  const context_files = files.map(({ path }) => path);
  return { dry_run: true, spec: toJson(ImageSpecSchema, spec) as Record<string, unknown>, context_files };
}

function describeFound({ consoleUrl }: ToolContext, { uri, buildRun }: FoundImage): Partial<BuildAnswer> {
  const answer = { image_uri: uri, exists: true };
  if (!buildRun) return answer;
  const { name, project, domain } = buildRun;
  const url = consoleUrl({ kind: "runs", project, domain, path: [name] });
  return { ...answer, run: name, project, domain, url };
}
