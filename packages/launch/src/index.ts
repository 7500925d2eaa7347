export { pendingFile, replaceFiles } from "./files-in.ts";
export type { PutFile } from "./files-in.ts";
export { findRun } from "./find-run.ts";
export type { FoundRun } from "./find-run.ts";
export { hashOfUri } from "./hash-of-uri.ts";
export {
  findEarlier,
  fingerprint,
  idempotencyKeyInput,
  LAUNCH_ANNOTATION,
  nameForKey,
} from "./idempotency.ts";
export { launchRun } from "./launch-run.ts";
export type { Launch, RunOf } from "./launch-run.ts";
export { chooseRunName, isChosen, markLaunch } from "./name-run.ts";
export type { ChosenName } from "./name-run.ts";
export { runNameInput } from "./run-name.ts";
export { createRunSpec, runOptionsInput } from "./run-options.ts";
export type { RunOptions, RunSpecInit } from "./run-options.ts";
