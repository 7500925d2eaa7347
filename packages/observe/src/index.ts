export type { TailLine } from "./collect-lines.ts";
export { describeError, errorOutput } from "./describe-error.ts";
export { describeOrigin, describeStatus } from "./describe-status.ts";
export { readLogTail } from "./read-log-tail.ts";
export type { LogStop, LogTail, LogTailQuery } from "./read-log-tail.ts";
export { readRoot } from "./read-root.ts";
export { rootAction } from "./root-action.ts";
