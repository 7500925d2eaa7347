import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type {
  WatchActionDetailsRequest,
  WatchActionDetailsResponseSchema,
  WatchClusterEventsRequest,
  WatchClusterEventsResponseSchema,
  WatchRunDetailsRequest,
  WatchRunDetailsResponseSchema,
} from "@flyte-mcp/idl/workflow/run_service";
import { notFound, wrapped } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { notifyDelayMs } from "../plane.ts";
import { findAction, findRun } from "../state/actions.ts";
import { isLastAttemptTerminal } from "../state/attempts.ts";
import { toDetails } from "../state/action-wire.ts";
import { isTerminal } from "../state/phases.ts";
import type { ActionRow, EventRow } from "../state/state.ts";

/** Snapshots of an action; ends when its last attempt is terminal, whatever its own phase is by then. */
export async function* watchActionDetails(
  plane: Plane,
  { actionId }: WatchActionDetailsRequest,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchActionDetailsResponseSchema>> {
  const row = findAction(plane, actionId);
  if (!row || !actionId)
    throw wrapped(
      "failed to get action details",
      notFound("action not found: action not found"),
      Code.NotFound,
    );
  const changes = plane.actionChanges.subscribe(signal, notifyDelayMs(plane));
  try {
    for (;;) {
      const details = toDetails(row, actionId);
      yield { details };
      if (isLastAttemptTerminal(details.attempts)) return;
      if (!(await nextOf(changes, row))) return;
    }
  } finally {
    await changes.return?.();
  }
}

/** Waits for the next change of that action; false when there will be none. */
async function nextOf(changes: AsyncIterableIterator<ActionRow>, row: ActionRow): Promise<boolean> {
  for (;;) {
    const change = await changes.next();
    if (change.done) return false;
    if (change.value === row) return true;
  }
}

/** Flyte sends empty details and never ends. */
export async function* watchRunDetails(
  plane: Plane,
  { runId }: WatchRunDetailsRequest,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchRunDetailsResponseSchema>> {
  const row = findRun(plane, runId);
  if (!row)
    throw new ConnectError(`run not found: ${runId?.project}/${runId?.domain}/${runId?.name}`, Code.NotFound);
  const changes = plane.runChanges.subscribe(signal, notifyDelayMs(plane));
  do yield { details: {} };
  while (await nextOf(changes, row));
}

/** The cluster events of an attempt as they come; ends with the action. */
export async function* watchClusterEvents(
  plane: Plane,
  { id, attempt }: WatchClusterEventsRequest,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchClusterEventsResponseSchema>> {
  const row = findAction(plane, id);
  if (!row) throw notFound("action not found: action not found");
  const changes = plane.actionChanges.subscribe(signal, notifyDelayMs(plane));
  const sent = new Set<EventRow>();
  try {
    do {
      const fresh = row.events.filter((known) => known.event.attempt === attempt && !sent.has(known));
      fresh.forEach((known) => sent.add(known));
      const clusterEvents = fresh.flatMap(({ event }) => event.clusterEvents);
      if (clusterEvents.length > 0) yield { clusterEvents };
      if (isTerminal(row.phase) || fresh.some(({ event }) => isTerminal(event.phase))) return;
    } while (await nextOf(changes, row));
  } finally {
    await changes.return?.();
  }
}
