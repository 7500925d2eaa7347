import type { Filter } from "@flyte-mcp/idl/common/list";
import { Filter_Function } from "@flyte-mcp/idl/common/list";
import type { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { compareTimes } from "../clock.ts";
import { internal, invalidArgument } from "../errors.ts";
import { functionName } from "../state/action-wire.ts";
import type { ActionRow } from "../state/state.ts";

interface Node {
  row: ActionRow;
  phase: ActionPhase;
  parent: Node | undefined;
  children: Node[];
  /** Counts of all descendants; one that falls to zero stays listed. */
  counts: Record<number, number>;
}

/** An action whose place in the tree has changed; one that no longer meets the filter is told once. */
export interface TreeChange {
  row: ActionRow;
  meetsFilter: boolean;
  counts: Record<number, number>;
}

/** The actions of a run as one watcher sees them. */
export interface ActionTree {
  put(rows: readonly ActionRow[]): TreeChange[];
}

/** Throws `invalid_argument` for a filter that a watch of actions does not know. */
export function createActionTree(filters: readonly Filter[]): ActionTree {
  const matches = readFilters(filters);
  const nodes = new Map<string, Node>();
  const visible = new Set<Node>();
  const isWanted = (node: Node): boolean => matches(node.row) || node.children.some(isWanted);
  return {
    put(rows) {
      const changed = new Set(rows.flatMap((row) => listLineage(putNode(nodes, row))));
      const shown = [...changed].filter((node) => isWanted(node) || visible.has(node));
      shown.forEach((node) => (isWanted(node) ? visible.add(node) : visible.delete(node)));
      return shown
        .map((node) => ({ row: node.row, meetsFilter: visible.has(node), counts: { ...node.counts } }))
        .sort((a, b) => compareTimes(a.row.createdAt, b.row.createdAt));
    },
  };
}

function putNode(nodes: Map<string, Node>, row: ActionRow): Node {
  const known = nodes.get(row.id.name);
  if (known) {
    countPhase(known, row.phase, known.phase);
    known.phase = row.phase;
    return known;
  }
  const parent = nodes.get(row.parent);
  if (row.parent && !parent)
    throw internal(`parent node [${row.parent}] not found for action [${row.id.name}]`);
  const node: Node = { row, phase: row.phase, parent, children: [], counts: {} };
  nodes.set(row.id.name, node);
  parent?.children.push(node);
  countPhase(node, row.phase, undefined);
  return node;
}

function countPhase({ parent }: Node, next: ActionPhase, last: ActionPhase | undefined): void {
  for (let node = parent; node; node = node.parent) {
    if (next) node.counts[next] = (node.counts[next] ?? 0) + 1;
    if (last) node.counts[last] = Math.max(0, (node.counts[last] ?? 0) - 1);
  }
}

function listLineage(node: Node): Node[] {
  return node.parent ? [node, ...listLineage(node.parent)] : [node];
}

function readFilters(filters: readonly Filter[]): (row: ActionRow) => boolean {
  const phases = new Set(filters.filter(({ field }) => field === "PHASE").flatMap(readPhases));
  filters.forEach(assertSupported);
  const name = filters.findLast(({ field }) => field === "NAME")?.values[0]?.toLowerCase() ?? "";
  return (row) => (phases.size === 0 || phases.has(row.phase)) && shortName(row).toLowerCase().includes(name);
}

function readPhases({ values }: Filter): number[] {
  const wrong = values.find((value) => !/^[-+]?\d+$/.test(value));
  if (wrong !== undefined) throw invalidArgument(`invalid phase value: ${wrong}`);
  return values.map(Number);
}

function assertSupported({ field, function: fn }: Filter): void {
  const wanted = { PHASE: Filter_Function.VALUE_IN, NAME: Filter_Function.CONTAINS_CASE_INSENSITIVE }[field];
  if (fn !== wanted)
    throw invalidArgument(`function ${Filter_Function[fn]} is not supported for filter ${field}`);
}

function shortName(row: ActionRow): string {
  return row.taskId ? (functionName(row).split(".").at(-1) ?? "") : row.id.name;
}
