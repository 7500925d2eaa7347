import type { ServiceImpl } from "@connectrpc/connect";
import type { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { notFound, unimplemented } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { abortAction, findAction, findRun } from "../state/actions.ts";
import { toDetails, toRun } from "../state/action-wire.ts";
import type { ActionRow } from "../state/state.ts";
import { createRun } from "./create-run.ts";
import { readActionUris } from "./action-data.ts";
import { readLogContext } from "./log-context.ts";
import { listActions, listRuns } from "./list-runs.ts";
import { signalEvent } from "./signal-event.ts";
import { watchActionDetails, watchClusterEvents, watchRunDetails } from "./watch-details.ts";
import { watchGroups } from "./watch-groups.ts";
import { watchActions } from "./watch-actions.ts";
import { watchRuns } from "./watch-runs.ts";

const ABORT_REASON = "User requested abort";

export function createRunService(plane: Plane): Partial<ServiceImpl<typeof RunService>> {
  return {
    createRun: (request) => ({ run: toRun(createRun(plane, request)) }),
    abortRun: ({ runId, reason }) =>
      abort(plane, findRun(plane, runId), reason ?? ABORT_REASON, runNotFound(runId)),
    abortAction: ({ actionId, reason }) =>
      abort(
        plane,
        findAction(plane, actionId),
        reason || ABORT_REASON,
        `action not found: ${actionId?.name}`,
      ),
    getRunDetails({ runId }) {
      const row = findRun(plane, runId);
      if (!row || !runId) throw notFound(runNotFound(runId));
      const action = toDetails(row, { ...row.id, run: runId });
      return { details: { ...(row.runSpec ? { runSpec: row.runSpec } : {}), action } };
    },
    getActionDetails({ actionId }) {
      const row = findAction(plane, actionId);
      if (!row || !actionId) throw notFound("action not found: action not found");
      return { details: toDetails(row, actionId) };
    },
    getActionData: () => {
      throw unimplemented(
        "RunService.GetActionData is deprecated; use DataProxyService.GetActionData instead",
      );
    },
    getActionDataURIs: ({ actionId }) => readActionUris(plane, actionId),
    getActionLogContext: ({ actionId, attempt }) => readLogContext(plane, actionId, attempt),
    listRuns: (request) => listRuns(plane, request),
    listActions: (request) => listActions(plane, request),
    signalEvent: (request) => signalEvent(plane, request),
    watchRunDetails: (request, { signal }) => watchRunDetails(plane, request, signal),
    watchActionDetails: (request, { signal }) => watchActionDetails(plane, request, signal),
    watchClusterEvents: (request, { signal }) => watchClusterEvents(plane, request, signal),
    watchRuns: (request, { signal }) => watchRuns(plane, request, signal),
    watchActions: (request, { signal }) => watchActions(plane, request, signal),
    watchGroups: (request, { signal }) => watchGroups(plane, request, signal),
  };
}

function runNotFound(id: { project: string; domain: string; name: string } | undefined): string {
  return `run not found: ${id?.project}/${id?.domain}/${id?.name}`;
}

function abort(plane: Plane, row: ActionRow | undefined, reason: string, missing: string) {
  if (!row) throw notFound(missing);
  abortAction(plane, row, reason);
  if (row.parent === "") plane.runChanges.publish(row);
  return {};
}
