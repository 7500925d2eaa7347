import { clone, create } from "@bufbuild/protobuf";
import { TypedInterfaceSchema } from "@flyte-mcp/idl/core/interface";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { readSeedSpec } from "./specs.ts";

/** The task by which a plane builds images. */
export const BUILD_TASK = "build-image";

/** Where it is deployed, for every project to run. */
export const BUILD_SCOPE = { project: "system", domain: "production" };

const text = (key: string) =>
  ({ key, value: { type: { type: { case: "simple", value: SimpleType.STRING } } } }) as const;

const INTERFACE = create(TypedInterfaceSchema, {
  inputs: { variables: [text("context"), text("spec"), text("target_image")] },
  outputs: { variables: [text("o0")] },
});

/** The spec of `build-image`: that of `seed.fail` with another name and interface. */
export function readBuildSpec(): TaskSpec {
  const spec = clone(TaskSpecSchema, readSeedSpec("seed.fail"));
  const template = spec.taskTemplate;
  if (template?.id) Object.assign(template.id, BUILD_SCOPE, { name: BUILD_TASK });
  if (template) template.interface = INTERFACE;
  if (spec.environment) spec.environment.name = "system";
  if (spec.documentation) spec.documentation.shortDescription = "Builds a container image from its spec.";
  return Object.assign(spec, { shortName: BUILD_TASK, defaultInputs: [] });
}
