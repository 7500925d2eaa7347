import { Code, ConnectError } from "@connectrpc/connect";
import type { ToolContext } from "@flyte-mcp/core";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { RunLogsService } from "@flyte-mcp/idl/workflow/run_logs_service";
import type { LineBatch } from "./collect-lines.ts";
import type { rootAction } from "./root-action.ts";

/** Which log is read. */
export interface LogSource {
  actionId: ReturnType<typeof rootAction>;
  /** From 1. */
  attempt: number;
  /** A pod's name, or `all`; the primary pod when left out. */
  pod?: string | undefined;
}

/** The lines of an attempt as they come; an older plane is asked by the service that it has. */
export async function* openLogStream(
  flyte: ToolContext["flyte"],
  { actionId, attempt, pod }: LogSource,
  signal: AbortSignal,
): AsyncGenerator<LineBatch[]> {
  try {
    const request = { actionId, attempt, podSelector: selectPod(pod) };
    for await (const { logs } of flyte(DataProxyService).tailLogs(request, { signal })) yield logs;
  } catch (error) {
    if (ConnectError.from(error).code !== Code.Unimplemented) throw error;
    for await (const { logs } of flyte(RunLogsService).tailLogs({ actionId, attempt }, { signal }))
      yield logs;
  }
}

function selectPod(pod: string | undefined) {
  if (pod === undefined) return undefined;
  return pod === "all"
    ? ({ case: "allPods", value: true } as const)
    : ({ case: "podName", value: pod } as const);
}
