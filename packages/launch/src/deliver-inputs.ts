import { Code, ConnectError } from "@connectrpc/connect";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { OffloadedInputData } from "@flyte-mcp/idl/common/run";
import type { Inputs } from "@flyte-mcp/idl/task/common";

type InputWrapper =
  { case: "offloadedInputData"; value: OffloadedInputData } | { case: "inputs"; value: Inputs };

/** Uploads a run's inputs, as the Python SDK does; sends them with the run only where the plane takes no uploads. */
export async function deliverInputs(
  flyte: ToolContext["flyte"],
  { org, project, domain }: Scope,
  taskId: { org: string; project: string; domain: string; name: string; version: string },
  inputs: Inputs,
): Promise<InputWrapper> {
  const inline = { case: "inputs", value: inputs } as const;
  try {
    const { offloadedInputData } = await flyte(DataProxyService).uploadInputs({
      id: { case: "projectId", value: { organization: org, name: project, domain } },
      task: { case: "taskId", value: taskId },
      inputs,
    });
    return offloadedInputData ? { case: "offloadedInputData", value: offloadedInputData } : inline;
  } catch (error) {
    if (ConnectError.from(error).code === Code.Unimplemented) return inline;
    throw error;
  }
}
