export { describeError, errorOutput } from "./describe-error.ts";
export { describeOrigin, describeStatus } from "./describe-status.ts";
export { readRoot } from "./read-root.ts";
export { rootAction } from "./root-action.ts";
