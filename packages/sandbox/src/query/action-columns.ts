import { RunSource } from "@flyte-mcp/idl/workflow/run_definition";
import { compareTimes, durationMs } from "../clock.ts";
import { functionName } from "../state/action-wire.ts";
import type { ActionRow } from "../state/state.ts";
import { integer, text, time } from "./columns.ts";
import type { Listing } from "./list-query.ts";

/** Runs and actions are one table: not yet terminal first, then the newest. */
export const ACTION_LISTING: Listing<ActionRow> = {
  failure: "failed to list actions",
  defaultOrder: (a, b) => a.phase - b.phase || compareTimes(b.createdAt, a.createdAt) || compareNames(b, a),
  columns: {
    project: text((row) => row.id.run?.project),
    domain: text((row) => row.id.run?.domain),
    run_name: text((row) => row.id.run?.name),
    phase: integer((row) => row.phase),
    action_type: integer((row) => row.actionType),
    run_source: text((row) => `RUN_SOURCE_${RunSource[row.source]}`),
    created_by_subject: text(() => undefined),
    trigger_task_name: text((row) => row.launchedBy?.taskName),
    trigger_name: text((row) => row.launchedBy?.name),
    trigger_revision: integer((row) => row.launchedBy?.revision),
    trigger_type: text(() => undefined),
    task_project: text((row) => row.taskId?.project),
    task_domain: text((row) => row.taskId?.domain),
    task_name: text(functionName),
    task_version: text((row) => row.taskId?.version),
    function_name: text(functionName),
    created_at: time((row) => row.createdAt),
    updated_at: time((row) => row.updatedAt),
    ended_at: time((row) => row.endedAt),
    duration_ms: integer((row) => row.endedAt && durationMs(row.createdAt, row.endedAt)),
  },
};

function compareNames(a: ActionRow, b: ActionRow): number {
  const [left, right] = [a, b].map(({ id }) => `${id.run?.name}/${id.name}`) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
}
