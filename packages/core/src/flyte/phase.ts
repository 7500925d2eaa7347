import { ActionPhase } from "@flyte-mcp/idl/common/phase";

const TERMINAL: readonly number[] = [
  ActionPhase.SUCCEEDED,
  ActionPhase.FAILED,
  ActionPhase.ABORTED,
  ActionPhase.TIMED_OUT,
  ActionPhase.RECOVERED,
];

/** The phase in the field's lower-case words, e.g. `waiting_for_resources`; an unknown number stays a number. */
export function phaseName(phase: ActionPhase): string {
  return (ActionPhase[phase] ?? `phase_${phase}`).toLowerCase();
}

export function isTerminal(phase: ActionPhase): boolean {
  return TERMINAL.includes(phase);
}

/** Succeeded, or copied from an earlier run that had (RECOVERED). */
export function isSuccess(phase: ActionPhase): boolean {
  return phase === ActionPhase.SUCCEEDED || phase === ActionPhase.RECOVERED;
}
