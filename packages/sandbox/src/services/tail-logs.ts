import type { MessageInitShape } from "@bufbuild/protobuf";
import type { TailLogsRequest, TailLogsResponseSchema } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { LogLineOriginator } from "@flyte-mcp/idl/logs/dataplane/payload";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Plane } from "../plane.ts";
import { findAction } from "../state/actions.ts";
import { latestEvent } from "../state/attempts.ts";
import type { ActionRow, LogRow } from "../state/state.ts";
import { readLogContext } from "./log-context.ts";

const BATCH = 100;

/** The lines of an attempt in batches; stays open while its pod runs. */
export async function* tailLogs(
  plane: Plane,
  { actionId, attempt }: TailLogsRequest,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof TailLogsResponseSchema>> {
  readLogContext(plane, actionId, attempt);
  const row = findAction(plane, actionId) as ActionRow;
  const changes = plane.logChanges.subscribe(signal);
  let sent = 0;
  try {
    for (;;) {
      const running = isRunning(row, attempt);
      const lines = row.logs.filter((line) => line.attempt === attempt);
      for (; sent < lines.length; sent += BATCH) yield toBatch(lines.slice(sent, sent + BATCH));
      sent = lines.length;
      if (!running || (await changes.next()).done) return;
    }
  } finally {
    await changes.return?.();
  }
}

function isRunning(row: ActionRow, attempt: number): boolean {
  return latestEvent(row, attempt)?.phase === ActionPhase.RUNNING && row.attempts <= attempt;
}

function toBatch(lines: LogRow[]): MessageInitShape<typeof TailLogsResponseSchema> {
  const originator = LogLineOriginator.USER;
  return { logs: [{ lines: lines.map(({ at, message }) => ({ timestamp: at, message, originator })) }] };
}
