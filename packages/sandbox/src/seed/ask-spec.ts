import { clone, create } from "@bufbuild/protobuf";
import { TypedInterfaceSchema } from "@flyte-mcp/idl/core/interface";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { readSeedSpec } from "./specs.ts";

/** The sandbox's own task: it asks a person for a value of each type that a condition can have. */
export const ASK_TASK = "sandbox.ask";

const INTERFACE = create(TypedInterfaceSchema, {
  inputs: { variables: [] },
  outputs: {
    variables: [{ key: "o0", value: { type: { type: { case: "simple", value: SimpleType.STRING } } } }],
  },
});

/** The spec of `sandbox.ask`: that of `seed.gate` with another name and interface. */
export function readAskSpec(): TaskSpec {
  const spec = clone(TaskSpecSchema, readSeedSpec("seed.gate"));
  if (spec.taskTemplate?.id) spec.taskTemplate.id.name = ASK_TASK;
  if (spec.taskTemplate) spec.taskTemplate.interface = INTERFACE;
  if (spec.environment) spec.environment.name = "sandbox";
  if (spec.documentation)
    spec.documentation.shortDescription =
      "Asks for a yes or no, a whole number, a number and a text at once.";
  return Object.assign(spec, { shortName: "ask", defaultInputs: [] });
}
