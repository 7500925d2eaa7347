export { chooseFile, lookUp, planSetup, planUndo } from "./plan.ts";
export type { Plan } from "./plan.ts";
export type { Spot } from "./change.ts";
