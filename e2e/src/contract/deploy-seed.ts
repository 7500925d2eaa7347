import { readFileSync } from "node:fs";
import { fromBinary } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import type { Flyte, Scope } from "@flyte-mcp/core";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskService } from "@flyte-mcp/idl/task/task_service";

const SPECS = new URL("../../../packages/sandbox/fixtures/seed/specs.jsonl", import.meta.url);

/** The seed tasks' specs by name, as the Python SDK wrote them. */
export function readSeedSpecs(): Map<string, TaskSpec> {
  const lines = readFileSync(SPECS, "utf8").split("\n").filter(Boolean);
  const specs = lines.map((line) => JSON.parse(line) as { spec_b64: string });
  const decoded = specs.map(({ spec_b64 }) => fromBinary(TaskSpecSchema, Buffer.from(spec_b64, "base64")));
  return new Map(decoded.map((spec) => [spec.taskTemplate?.id?.name ?? "", spec]));
}

/** Deploys v1 and v2 of each seed task that the plane lacks. */
export async function deployMissing({ transport }: Flyte, scope: Scope): Promise<void> {
  const tasks = createClient(TaskService, transport);
  for (const [name, spec] of readSeedSpecs()) {
    const { versions } = await tasks.listVersions({ taskName: { ...scope, name }, request: { limit: 200 } });
    const missing = ["v1", "v2"].filter((version) => !versions.some((known) => known.version === version));
    for (const version of missing) await tasks.deployTask({ taskId: { ...scope, name, version }, spec });
  }
}
