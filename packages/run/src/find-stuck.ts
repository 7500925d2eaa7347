import { isTerminal } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Action } from "@flyte-mcp/idl/workflow/run_definition";
import { nameOf, phaseOf } from "@flyte-mcp/observe";
import type { ActionTree } from "@flyte-mcp/observe";

const NOT_BEGUN: readonly ActionPhase[] = [
  ActionPhase.QUEUED,
  ActionPhase.WAITING_FOR_RESOURCES,
  ActionPhase.INITIALIZING,
];

/** The action that a live run is held up by: the first without live children whose pod does not run yet. */
export function findStuck({ inOrder, childrenOf }: ActionTree): Action | undefined {
  const isLive = (action: Action) => !isTerminal(phaseOf(action));
  return inOrder.find(
    (action) => NOT_BEGUN.includes(phaseOf(action)) && !childrenOf(nameOf(action)).some(isLive),
  );
}
