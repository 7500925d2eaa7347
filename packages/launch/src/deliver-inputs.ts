import { Code, ConnectError } from "@connectrpc/connect";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { OffloadedInputData } from "@flyte-mcp/idl/common/run";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { contentHash } from "@flyte-mcp/literals";
import type { RunOf } from "./launch-run.ts";

type InputWrapper =
  { case: "offloadedInputData"; value: OffloadedInputData } | { case: "inputs"; value: Inputs };

export interface Delivery {
  task: RunOf;
  inputs: Inputs;
  ignoredInputs: readonly string[];
  /** Must be the run's own `run_base_dir`. */
  baseDir: string | undefined;
}

/** Uploads a run's inputs, as the Python SDK does; sends them with the run only where the plane takes no uploads. */
export async function deliverInputs(
  flyte: ToolContext["flyte"],
  { org, project, domain }: Scope,
  { task, inputs, ignoredInputs, baseDir }: Delivery,
): Promise<InputWrapper> {
  const id = { case: "projectId", value: { organization: org, name: project, domain } } as const;
  try {
    const { offloadedInputData } = await flyte(DataProxyService).uploadInputs({ id, task, inputs, baseDir });
    if (!offloadedInputData)
      throw new ConnectError("UploadInputs gave no place of the inputs", Code.Internal);
    // The plane's own hash covers URIs; a File with a known hash would miss the cache at every new one.
    offloadedInputData.inputsHash = contentHash(inputs, ignoredInputs) ?? offloadedInputData.inputsHash;
    return { case: "offloadedInputData", value: offloadedInputData };
  } catch (error) {
    if (ConnectError.from(error).code === Code.Unimplemented) return { case: "inputs", value: inputs };
    throw error;
  }
}
