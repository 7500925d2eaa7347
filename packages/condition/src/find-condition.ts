import { createToolError, didYouMean, isoTime, isTerminal } from "@flyte-mcp/core";
import type { Scope, ToolContext, ToolError } from "@flyte-mcp/core";
import type { Action } from "@flyte-mcp/idl/workflow/run_definition";
import { readRoot } from "@flyte-mcp/observe";
import { listConditionRows } from "./list-condition-rows.ts";
import { mapConcurrently } from "@flyte-mcp/observe";
import { completeCondition } from "./read-condition.ts";
import type { Condition } from "./read-condition.ts";

const MOST_CONDITIONS = 1_000;

/** The one condition of that declared or action name, one that waits before one that has ended. Throws a tool error when none or several are meant. */
export async function findCondition(
  flyte: ToolContext["flyte"],
  place: Scope,
  runName: string,
  name: string,
): Promise<Condition> {
  const { rows } = await listConditionRows(flyte, place, runName, { limit: MOST_CONDITIONS });
  const complete = (row: Action) => completeCondition(flyte, place, runName, row);
  const waiting = await mapConcurrently(rows.filter(isWaiting), complete);
  const found = pickCondition(waiting, name);
  if (found.length > 1) throw ambiguous(runName, name, found);
  if (found[0]) return found[0];
  const ended = await mapConcurrently(
    rows.filter((row) => !isWaiting(row)),
    complete,
  );
  // Of several that have ended the newest is the one whose answer counts.
  const [newest] = pickCondition(ended, name).sort((a, b) => (beganAt(a) < beganAt(b) ? 1 : -1));
  if (newest) return newest;
  await readRoot(flyte, place, runName);
  throw missing(runName, name, waiting, ended);
}

function beganAt({ status }: Condition): string {
  return isoTime(status?.startTime) ?? "";
}

function isWaiting({ status }: Action): boolean {
  return !isTerminal(status?.phase ?? 0);
}

/** An action's name is exact; a declared one may mean several. */
function pickCondition(conditions: readonly Condition[], name: string): Condition[] {
  const exact = conditions.filter(({ actionName }) => actionName === name);
  return exact.length > 0 ? exact : conditions.filter((condition) => condition.name === name);
}

function ambiguous(runName: string, name: string, found: readonly Condition[]): ToolError {
  const shown = found
    .slice(0, 20)
    .map(({ actionName, status }) => `${actionName} (since ${isoTime(status?.startTime) ?? "?"})`);
  return createToolError({
    code: "invalid_argument",
    message: `Run "${runName}" waits at ${found.length} conditions named "${name}": ${shown.join(", ")}.`,
    hint: "Nothing was sent; name one by its action name.",
  });
}

function missing(
  runName: string,
  name: string,
  waiting: readonly Condition[],
  ended: readonly Condition[],
): ToolError {
  const names = [...waiting, ...ended].flatMap((condition) => [condition.name, condition.actionName]);
  const open = [...new Set(waiting.map((condition) => condition.name))].slice(0, 20);
  return createToolError({
    code: "not_found",
    message: `Run "${runName}" has no condition "${name}".${didYouMean(name, names)}`,
    hint: open.length === 0 ? "None of its conditions waits." : `It waits at ${open.join(", ")}.`,
  });
}
