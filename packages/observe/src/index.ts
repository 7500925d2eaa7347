export { arrangeTree, countLive, countPhases, nameOf, phaseOf } from "./action-tree.ts";
export type { ActionTree } from "./action-tree.ts";
export type { TailLine } from "./collect-lines.ts";
export { completeDomain, completeProject, completeRun, completeTask } from "./complete-names.ts";
export { describeAction } from "./describe-action.ts";
export {
  attemptOutput,
  describeAttempts,
  describeEvents,
  eventOutput,
  findAttempt,
} from "./describe-attempt.ts";
export { describeContainer } from "./describe-container.ts";
export { describeError, errorOutput } from "./describe-error.ts";
export { describeOrigin, describeStatus } from "./describe-status.ts";
export { followAction } from "./follow-action.ts";
export { listActions } from "./list-actions.ts";
export type { RunActions, RunId } from "./list-actions.ts";
export { mapConcurrently } from "./map-concurrently.ts";
export { readActions } from "./read-actions.ts";
export { readLogTail } from "./read-log-tail.ts";
export type { LogStop, LogTail, LogTailQuery } from "./read-log-tail.ts";
export { readRoot } from "./read-root.ts";
export { rootAction } from "./root-action.ts";
