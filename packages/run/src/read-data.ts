import { Code, ConnectError } from "@connectrpc/connect";
import type { ToolContext } from "@flyte-mcp/core";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { Inputs, Outputs } from "@flyte-mcp/idl/task/common";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { rootAction } from "@flyte-mcp/observe";

type ActionId = ReturnType<typeof rootAction>;

export interface ActionData {
  inputs?: Inputs | undefined;
  outputs?: Outputs | undefined;
}

/** Why Flyte hands no data out and where it lies, in a sentence; `uri` is that of the inputs, where it is known. */
export interface Absence {
  reason: string;
  uri: string | undefined;
}

/** An action's inputs and outputs, or why there are none. */
export async function readData(
  flyte: ToolContext["flyte"],
  actionId: ActionId,
): Promise<ActionData | Absence> {
  const proxy = flyte(DataProxyService);
  const runs = flyte(RunService);
  const data = await proxy.getActionData({ actionId }).catch(codeOfAbsence);
  if (typeof data !== "number") return data;
  // Older planes answer here instead.
  const older = await runs.getActionData({ actionId }).catch(codeOfAbsence);
  if (typeof older !== "number") return older;
  const uris = await runs.getActionDataURIs({ actionId }).catch(codeOfAbsence);
  const reason =
    data === Code.NotFound
      ? "Flyte does not hand the data out: it was deleted, or the result came from the cache."
      : "This control plane has no service that hands data out.";
  const known = typeof uris === "number" ? [] : [uris.inputsUri, uris.outputsUri].filter((uri) => uri !== "");
  return {
    reason: known.length === 0 ? reason : `${reason} It is kept at ${known.join(" and ")}.`,
    uri: typeof uris === "number" ? undefined : uris.inputsUri || undefined,
  };
}

/** NotFound also means a cached result or deleted blobs; all other failures are the call's own. */
function codeOfAbsence(error: unknown): Code {
  const { code } = ConnectError.from(error);
  if (code !== Code.NotFound && code !== Code.Unimplemented) throw error;
  return code;
}
