import type { MessageInitShape } from "@bufbuild/protobuf";
import type { TailLogsRequest, TailLogsResponseSchema } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { LogLineOriginator } from "@flyte-mcp/idl/logs/dataplane/payload";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { findAction } from "../state/actions.ts";
import { latestEvent } from "../state/attempts.ts";
import type { ActionRow, LogRow } from "../state/state.ts";
import { readLogContext } from "./log-context.ts";

const BATCH = 100;

/** The lines of an attempt in batches; by default open while its pod runs. */
export async function* tailLogs(
  plane: Plane,
  { actionId, attempt }: TailLogsRequest,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof TailLogsResponseSchema>> {
  const { logContext } = readLogContext(plane, actionId, attempt);
  const row = findAction(plane, actionId) as ActionRow;
  if (plane.logs === "pods-gone" && !isRunning(row, attempt))
    throw notFound(`pods "${logContext.primaryPodName}" not found`);
  const changes = plane.logChanges.subscribe(signal);
  let seen = 0;
  try {
    for (;;) {
      const running = isRunning(row, attempt);
      const lines = row.logs.slice(seen).filter((line) => line.attempt === attempt);
      seen = row.logs.length;
      for (let sent = 0; sent < lines.length; sent += BATCH) {
        yield toBatch(lines.slice(sent, sent + BATCH));
        if (plane.logs === "ends-early") return;
      }
      const mayEnd = plane.logs === "ends-early" || (plane.logs !== "stays-open" && !running);
      if (mayEnd || (await changes.next()).done) return;
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
