import type { MessageInitShape } from "@bufbuild/protobuf";
import { ActionType } from "@flyte-mcp/idl/workflow/run_definition";
import type { WatchActionsRequest, WatchActionsResponseSchema } from "@flyte-mcp/idl/workflow/run_service";
import { compareTimes } from "../clock.ts";
import type { Plane } from "../plane.ts";
import { notifyDelayMs } from "../plane.ts";
import { isInRun, listRunActions } from "../state/actions.ts";
import { toMetadata, toStatus } from "../state/action-wire.ts";
import type { TreeChange } from "../watch/action-tree.ts";
import { createActionTree } from "../watch/action-tree.ts";

/** All actions of a run, then those that change with all above them; it never ends. */
export async function* watchActions(
  plane: Plane,
  { runId, filter }: WatchActionsRequest,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchActionsResponseSchema>> {
  const tree = createActionTree(filter);
  const changes = plane.actionChanges.subscribe(signal, notifyDelayMs(plane));
  const snapshot = listRunActions(plane, runId).sort((a, b) => compareTimes(a.createdAt, b.createdAt));
  const first = tree.put(snapshot);
  if (first.length > 0) yield { enrichedActions: first.map(toEnriched) };
  for await (const row of changes) {
    if (!isInRun(row, runId)) continue;
    const changed = tree.put([row]);
    if (changed.length > 0) yield { enrichedActions: changed.map(toEnriched) };
  }
}

function toEnriched({ row, meetsFilter, counts }: TreeChange) {
  return {
    action: {
      id: row.id,
      metadata: toMetadata(row, ActionType.UNSPECIFIED),
      status: toStatus(row, "left out"),
    },
    meetsFilter,
    childrenPhaseCounts: counts,
  };
}
