import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { ActionIdentifier, RunIdentifier } from "@flyte-mcp/idl/common/identifier";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { ActionEvent, ActionStatus } from "@flyte-mcp/idl/workflow/run_definition";
import { compareTimes, laterOf } from "../clock.ts";
import type { Plane } from "../plane.ts";
import { isTerminal } from "./phases.ts";
import type { ActionRow } from "./state.ts";

/** The name of the root action of every run. */
export const ROOT_ACTION = "a0";

/** The row of an action; organisations play no part. */
export function findAction(plane: Plane, id: ActionIdentifier | undefined): ActionRow | undefined {
  return plane.state.actions.find((row) => isInRun(row, id?.run) && row.id.name === id?.name);
}

/** The root action of a run. */
export function findRun(plane: Plane, id: RunIdentifier | undefined): ActionRow | undefined {
  return plane.state.actions.find((row) => row.parent === "" && isInRun(row, id));
}

/** All actions of a run, in the order of their creation. */
export function listRunActions(plane: Plane, id: RunIdentifier | undefined): ActionRow[] {
  return plane.state.actions.filter((row) => isInRun(row, id));
}

/** Whether an action belongs to that run. */
export function isInRun(row: ActionRow, id: RunIdentifier | undefined): boolean {
  const { run } = row.id;
  return run?.name === id?.name && run?.project === id?.project && run?.domain === id?.domain;
}

/** Stores a new action, or gives back the one that has its name already. */
export function createAction(plane: Plane, row: ActionRow): ActionRow {
  const existing = findAction(plane, row.id);
  if (existing) return existing;
  plane.state.actions.push(row);
  announce(plane, row);
  return row;
}

/** Tells the watchers of an action that it has changed. */
export function announce(plane: Plane, row: ActionRow): void {
  plane.changed();
  plane.actionChanges.publish(row);
}

/** Moves an action to a phase, if Flyte lets that phase follow its present one. */
export function updateStatus(
  plane: Plane,
  id: ActionIdentifier | undefined,
  status: ActionStatus,
  output?: Literal,
): void {
  const row = findAction(plane, id);
  if (!row) return;
  if (output) row.signal = output;
  if (mayFollow(row.phase, status.phase)) {
    applyStatus(row, status, plane.clock());
    announce(plane, row);
  }
  if (row.parent === "") plane.runChanges.publish(row);
}

function mayFollow(present: ActionPhase, next: ActionPhase): boolean {
  if (present === ActionPhase.PAUSED && isTerminal(next)) return true;
  return present <= next || present === ActionPhase.FAILED || present === ActionPhase.TIMED_OUT;
}

function applyStatus(row: ActionRow, status: ActionStatus, now: Timestamp): void {
  row.phase = status.phase;
  row.attempts = status.attempts;
  row.cacheStatus = status.cacheStatus;
  row.updatedAt = now;
  if (status.startTime && compareTimes(status.startTime, row.createdAt) < 0) row.createdAt = status.startTime;
  if (isTerminal(status.phase)) row.endedAt ??= laterOf(status.endTime ?? now, row.createdAt);
}

/** Stores events; one that is known by attempt, phase and version is left as it is. */
export function recordEvents(plane: Plane, events: readonly ActionEvent[]): void {
  const told = new Set<ActionRow>();
  for (const event of events) {
    const row = findAction(plane, event.id);
    if (!row) continue;
    if (!row.events.some((known) => isSameEvent(known.event, event)))
      row.events.push({ event, storedAt: plane.clock() });
    told.add(row);
  }
  told.forEach((row) => announce(plane, row));
}

function isSameEvent(a: ActionEvent, b: ActionEvent): boolean {
  return a.attempt === b.attempt && a.phase === b.phase && a.version === b.version;
}

/** Rewrites an action to ABORTED, a finished one too, as Flyte does. */
export function abortAction(plane: Plane, row: ActionRow, reason: string): void {
  const now = plane.clock();
  row.phase = ActionPhase.ABORTED;
  row.abortReason = reason;
  row.updatedAt = now;
  row.endedAt ??= laterOf(now, row.createdAt);
  announce(plane, row);
  plane.executor?.abort(row);
}
