import { fromBinary } from "@bufbuild/protobuf";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { FIRST_SPECS } from "./specs-a.ts";
import { MORE_SPECS } from "./specs-b.ts";

const SPECS = { ...FIRST_SPECS, ...MORE_SPECS };

/** Where the seed tasks are deployed and have run. */
export const SEED_SCOPE = { project: "flytesnacks", domain: "development" };

/** The names of the seed tasks. */
export const SEED_TASKS: readonly string[] = Object.keys(SPECS).sort();

/** The spec of a seed task, version v2; throws for another name. */
export function readSeedSpec(name: string): TaskSpec {
  const lines = SPECS[name];
  if (!lines) throw new Error(`${name} is not a seed task`);
  return fromBinary(TaskSpecSchema, new Uint8Array(Buffer.from(lines.join(""), "base64")));
}
