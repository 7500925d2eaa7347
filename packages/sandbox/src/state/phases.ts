import { ActionPhase } from "@flyte-mcp/idl/common/phase";

const TERMINAL = new Set([
  ActionPhase.SUCCEEDED,
  ActionPhase.FAILED,
  ActionPhase.ABORTED,
  ActionPhase.TIMED_OUT,
  ActionPhase.RECOVERED,
]);

/** No phase follows a terminal one, except that of a further attempt. */
export function isTerminal(phase: ActionPhase): boolean {
  return TERMINAL.has(phase);
}
