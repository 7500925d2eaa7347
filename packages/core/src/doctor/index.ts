export { runDoctor } from "./run-doctor.ts";
export type { Doctor } from "./run-doctor.ts";
