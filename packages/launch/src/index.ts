export { deliverInputs } from "./deliver-inputs.ts";
export { findRun } from "./find-run.ts";
export { createRunName, runNameInput } from "./run-name.ts";
export { createRunSpec, runOptionsInput } from "./run-options.ts";
export type { RunOptions, RunSpecInit } from "./run-options.ts";
