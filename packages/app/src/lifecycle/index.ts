export { statusClass, statusName, whyFailed } from "../app-status.ts";
export { followApp } from "../follow-app.ts";
export type { Followed } from "../follow-app.ts";
export { isThere, newAfterMs } from "../judge.ts";
export type { AppId } from "../read-app.ts";
export { isConflict } from "../request-state.ts";
