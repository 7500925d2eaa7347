import { clone, create, toBinary } from "@bufbuild/protobuf";
import { createToolError } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { SecurityContextSchema } from "@flyte-mcp/idl/core/security";
import { ImageSpecSchema } from "@flyte-mcp/idl/imagebuilder/definition";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { CacheLookupScope } from "@flyte-mcp/idl/task/run";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { packFiles } from "@flyte-mcp/images";
import type { Image } from "@flyte-mcp/images";
import { chooseRunName, launchRun } from "@flyte-mcp/launch";
import { toInputs } from "@flyte-mcp/literals";
import { assertSecrets } from "./assert-secrets.ts";
import { findBuilder } from "./find-builder.ts";

/** Uploads what a build needs and starts its run in the caller's own project; gives the run's name. */
export async function startBuild(
  { flyte, upload }: Pick<ToolContext, "flyte" | "upload">,
  scope: Scope,
  image: Image,
  force: boolean,
): Promise<string> {
  const builder = await findBuilder(flyte, scope);
  await assertSecrets(flyte, scope, image.secrets);
  const spec = await upload(scope, { name: "spec.pb", content: toBinary(ImageSpecSchema, image.spec) });
  const context =
    image.files.length === 0
      ? ""
      : await upload(scope, { name: "context.tar.gz", content: packFiles(image.files) });
  const name = chooseRunName(scope, { argument: "run_name", name: undefined, key: undefined });
  await launchRun(flyte, {
    scope,
    name,
    task: { case: "taskSpec", value: withSecrets(builder, image) },
    inputs: readInputs(builder, { spec, context, target_image: image.target }),
    runSpec: {
      overwriteCache: force,
      cacheConfig: { overwriteCache: force, cacheLookupScope: CacheLookupScope.PROJECT_DOMAIN },
    },
    ignoredInputs: builder.taskTemplate?.metadata?.cacheIgnoreInputVars ?? [],
    isChosen: false,
  });
  return name;
}

/** The builder with the image's secrets in place of its own. */
function withSecrets(builder: TaskSpec, { secrets }: Image): TaskSpec {
  const spec = clone(TaskSpecSchema, builder);
  if (spec.taskTemplate === undefined) return spec;
  const { securityContext } =
    create(TaskSpecSchema, { taskTemplate: { securityContext: { secrets: [...secrets] } } }).taskTemplate ??
    {};
  const own = spec.taskTemplate.securityContext ?? create(SecurityContextSchema);
  spec.taskTemplate.securityContext = { ...own, secrets: securityContext?.secrets ?? [] };
  return spec;
}

function readInputs({ taskTemplate, defaultInputs }: TaskSpec, given: Record<string, string>): Inputs {
  const inputs = toInputs(taskTemplate?.interface?.inputs?.variables ?? [], defaultInputs, given);
  if (inputs.ok) return inputs.value;
  const problems = inputs.problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
  const message = `The task build-image of this control plane takes other inputs: ${problems}.`;
  throw createToolError({ code: "failed_precondition", message });
}
