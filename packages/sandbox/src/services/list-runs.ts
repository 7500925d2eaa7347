import type { MessageInitShape } from "@bufbuild/protobuf";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type {
  ListActionsRequest,
  ListActionsResponseSchema,
  ListRunsRequest,
  ListRunsResponseSchema,
} from "@flyte-mcp/idl/workflow/run_service";
import type { Plane } from "../plane.ts";
import { ACTION_LISTING } from "../query/action-columns.ts";
import { readListQuery, takePage } from "../query/list-query.ts";
import { isInRun, listRunActions } from "../state/actions.ts";
import { toRun, toStatus } from "../state/action-wire.ts";
import type { ActionRow } from "../state/state.ts";

export function listRuns(
  plane: Plane,
  request: ListRunsRequest,
): MessageInitShape<typeof ListRunsResponseSchema> {
  const query = readListQuery(request.request, ACTION_LISTING);
  const runs = plane.state.actions
    .filter((row) => row.parent === "" && isInScope(row, request))
    .filter((row) => !request.pausedActionsOnly || hasPausedAction(plane, row));
  const { page, token } = takePage(runs, query, "exact");
  return { runs: page.map(toRun), token };
}

/** Flyte returns no task, no type and no name here, only the parent and the group. */
export function listActions(
  plane: Plane,
  { request, runId }: ListActionsRequest,
): MessageInitShape<typeof ListActionsResponseSchema> {
  const query = readListQuery(request, ACTION_LISTING);
  const { page, token } = takePage(listRunActions(plane, runId), query, "exact");
  const actions = page.map((row) => ({
    id: row.id,
    metadata: { parent: row.parent, group: row.group },
    status: toStatus(row, "left out"),
  }));
  return { actions, token };
}

function hasPausedAction(plane: Plane, { id }: ActionRow): boolean {
  return plane.state.actions.some((row) => row.phase === ActionPhase.PAUSED && isInRun(row, id.run));
}

function isInScope(row: ActionRow, { scopeBy }: ListRunsRequest): boolean {
  const { id, taskId, launchedBy } = row;
  switch (scopeBy.case) {
    case "projectId":
      return id.run?.project === scopeBy.value.name && id.run.domain === scopeBy.value.domain;
    case "taskName":
      return isTask(taskId, scopeBy.value);
    case "taskId":
      return isTask(taskId, scopeBy.value) && taskId?.version === scopeBy.value.version;
    case "triggerName":
      return (
        id.run?.project === scopeBy.value.project &&
        id.run.domain === scopeBy.value.domain &&
        launchedBy?.taskName === scopeBy.value.taskName &&
        launchedBy.name === scopeBy.value.name
      );
    default:
      return true;
  }
}

function isTask(
  taskId: ActionRow["taskId"],
  wanted: { project: string; domain: string; name: string },
): boolean {
  return taskId?.name === wanted.name && taskId.project === wanted.project && taskId.domain === wanted.domain;
}
