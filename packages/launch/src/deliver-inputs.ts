import { Code, ConnectError } from "@connectrpc/connect";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { OffloadedInputData } from "@flyte-mcp/idl/common/run";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import type { RunOf } from "./launch-run.ts";

type InputWrapper =
  { case: "offloadedInputData"; value: OffloadedInputData } | { case: "inputs"; value: Inputs };

/**
 * Uploads a run's inputs, as the Python SDK does; sends them with the run only where the plane takes no uploads.
 * `baseDir` must be the run's own `run_base_dir`.
 */
export async function deliverInputs(
  flyte: ToolContext["flyte"],
  { org, project, domain }: Scope,
  task: RunOf,
  inputs: Inputs,
  baseDir: string | undefined,
): Promise<InputWrapper> {
  const inline = { case: "inputs", value: inputs } as const;
  const id = { case: "projectId", value: { organization: org, name: project, domain } } as const;
  try {
    const { offloadedInputData } = await flyte(DataProxyService).uploadInputs({ id, task, inputs, baseDir });
    return offloadedInputData ? { case: "offloadedInputData", value: offloadedInputData } : inline;
  } catch (error) {
    if (ConnectError.from(error).code === Code.Unimplemented) return inline;
    throw error;
  }
}
