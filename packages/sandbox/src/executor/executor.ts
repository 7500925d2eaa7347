import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Plane } from "../plane.ts";
import { isInRun } from "../state/actions.ts";
import { listAttempts } from "../state/attempts.ts";
import { isTerminal } from "../state/phases.ts";
import type { ActionRow } from "../state/state.ts";
import { sleep } from "../watch/sleep.ts";
import { reportEvent, reportStatus } from "./phases.ts";
import type { Controllers } from "./run-action.ts";
import { runAction } from "./run-action.ts";

/** Moves runs through their phases by the clock. */
export interface Executor {
  start(row: ActionRow): void;
  /** Ends the pods of an action and of all below it; its row says ABORTED already. */
  abort(row: ActionRow): void;
  /** Goes on with what was under way when the state was kept. */
  resume(): void;
}

// A real plane takes this long from an abort to the end of the pod.
const ABORT_LAG_MS = 60;

export function createExecutor(plane: Plane): Executor {
  const controllers: Controllers = new Map();
  const start = (row: ActionRow) => void runAction(plane, controllers, row);
  return {
    start,
    abort: (row) => void abortTree(plane, controllers, row),
    resume: () =>
      plane.state.actions.filter((row) => row.parent === "" && !isTerminal(row.phase)).forEach(start),
  };
}

async function abortTree(plane: Plane, controllers: Controllers, top: ActionRow): Promise<void> {
  const below = plane.state.actions.filter(
    (row) => isInRun(row, top.id.run) && !isTerminal(row.phase) && isBelow(plane, row, top),
  );
  for (const row of [top, ...below]) controllers.get(row)?.abort();
  if (!(await sleep(ABORT_LAG_MS, plane.closing.signal))) return;
  for (const row of [top, ...below]) endAborted(plane, row);
}

function isBelow(plane: Plane, row: ActionRow, top: ActionRow): boolean {
  if (row.parent === "") return false;
  if (row.parent === top.id.name) return true;
  const parent = plane.state.actions.find(
    (other) => other.id.name === row.parent && isInRun(other, row.id.run),
  );
  return parent !== undefined && isBelow(plane, parent, top);
}

function endAborted(plane: Plane, row: ActionRow): void {
  const report = {
    attempt: listAttempts(row).at(-1)?.attempt ?? row.attempts,
    phase: ActionPhase.ABORTED,
    at: plane.clock(),
    clusterEvent: "aborted",
  };
  if (!row.condition) reportEvent(plane, row, report);
  reportStatus(plane, row, report);
}
