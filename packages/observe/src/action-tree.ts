import { isTerminal, phaseName } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Action } from "@flyte-mcp/idl/workflow/run_definition";

/** The actions of a run by their parents. */
export interface ActionTree {
  /** Parents before their children, which come in the order in which they began. */
  inOrder: readonly Action[];
  childrenOf(name: string): readonly Action[];
  /** An action and all below it; empty for a name that the run does not have. */
  under(name: string): readonly Action[];
}

export function nameOf(action: Action): string {
  return action.id?.name ?? "";
}

/** What an action's phase is; one that Flyte has not begun to handle is `unspecified`. */
export function phaseOf(action: Action): ActionPhase {
  return action.status?.phase ?? ActionPhase.UNSPECIFIED;
}

/** Arranges actions that came in any order; one whose parent is not among them counts as a root. */
export function arrangeTree(actions: readonly Action[]): ActionTree {
  const byName = new Map(actions.map((action) => [nameOf(action), action]));
  const byParent = new Map<string, Action[]>();
  for (const action of actions) {
    const parent = action.metadata?.parent ?? "";
    const key = byName.has(parent) && parent !== nameOf(action) ? parent : "";
    byParent.set(key, [...(byParent.get(key) ?? []), action]);
  }
  for (const siblings of byParent.values()) siblings.sort((a, b) => Number(startOf(a) - startOf(b)));
  const childrenOf = (name: string) => (name === "" ? [] : (byParent.get(name) ?? []));
  const walk = (tops: readonly Action[]): Action[] => {
    const [found, rest] = [[] as Action[], [...tops].reverse()];
    for (let next = rest.pop(); next; next = rest.pop()) {
      found.push(next);
      rest.push(...[...childrenOf(nameOf(next))].reverse());
    }
    return found;
  };
  const under = (name: string) => walk([byName.get(name)].filter((top) => top !== undefined));
  return { inOrder: walk(byParent.get("") ?? []), childrenOf, under };
}

/** How many actions are in each phase, by the phase's name. */
export function countPhases(actions: readonly Action[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const action of actions) {
    const phase = phaseName(phaseOf(action));
    counts[phase] = (counts[phase] ?? 0) + 1;
  }
  return counts;
}

/** How many of these actions have not ended. */
export function countLive(actions: readonly Action[]): number {
  return actions.filter((action) => !isTerminal(phaseOf(action))).length;
}

function startOf(action: Action): bigint {
  const { seconds = 0n, nanos = 0 } = action.status?.startTime ?? {};
  return seconds * 1_000_000_000n + BigInt(nanos);
}
