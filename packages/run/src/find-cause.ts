import type { ToolContext } from "@flyte-mcp/core";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Action, ActionDetails, ErrorInfo } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { nameOf, phaseOf } from "@flyte-mcp/observe";
import type { ActionTree, RunId } from "@flyte-mcp/observe";

/** Failed children of one action that are looked into; those that failed later seldom are the cause. */
const MOST_CHILDREN = 8;
const FAILED: readonly ActionPhase[] = [ActionPhase.FAILED, ActionPhase.TIMED_OUT];

/** Where a failure began. */
export interface Cause {
  details: ActionDetails;
  /** Actions that failed only because it did, the run's root first. */
  propagated: readonly string[];
  /** How many others failed on their own account. */
  others: number;
}

/** Goes from a failed root down to the earliest failure that its error tells of. */
export async function findCause(
  flyte: ToolContext["flyte"],
  run: RunId,
  tree: ActionTree,
  root: ActionDetails,
): Promise<Cause> {
  const propagated: string[] = [];
  let details = root;
  for (;;) {
    const name = details.id?.name ?? "";
    const child = await findOrigin(flyte, run, tree.childrenOf(name), details);
    if (!child) break;
    propagated.push(name);
    details = child;
  }
  const failed = tree.inOrder.filter((action) => FAILED.includes(phaseOf(action))).map(nameOf);
  const own = [...propagated, details.id?.name ?? ""];
  return { details, propagated, others: failed.filter((name) => !own.includes(name)).length };
}

/** The child whose failure an action's own repeats, the earliest of several; undefined when it failed by itself. */
async function findOrigin(
  flyte: ToolContext["flyte"],
  run: RunId,
  children: readonly Action[],
  parent: ActionDetails,
): Promise<ActionDetails | undefined> {
  const failed = children.filter((child) => FAILED.includes(phaseOf(child)));
  const earliest = [...failed].sort((a, b) => endOf(a.status) - endOf(b.status)).slice(0, MOST_CHILDREN);
  const read = earliest.map(async (child) => {
    const actionId = { run, name: nameOf(child) };
    return (await flyte(RunService).getActionDetails({ actionId })).details;
  });
  const all = (await Promise.all(read)).filter((details) => details !== undefined);
  return all.find((details) => isOriginOf(errorOf(details), errorOf(parent)));
}

/** Python raises a child's error again in the parent, as it is or wrapped in words of its own. */
function isOriginOf(child: ErrorInfo | undefined, parent: ErrorInfo | undefined): boolean {
  if (!parent) return true;
  if (!child || child.message === "") return TIMEOUTS.test(parent.message) || TIMEOUTS.test(parent.code);
  return parent.message.includes(child.message) || child.message.includes(parent.message);
}

const TIMEOUTS = /time(d )?out|deadline|exceeded/i;

/** The error of an action, as Flyte gives it for the whole or for its last attempt. */
export function errorOf(details: ActionDetails): ErrorInfo | undefined {
  if (details.result.case === "errorInfo") return details.result.value;
  return [...details.attempts].sort((a, b) => b.attempt - a.attempt).find(({ errorInfo }) => errorInfo)
    ?.errorInfo;
}

function endOf(status: { endTime?: Timestamp } | undefined): number {
  const { seconds = 0n, nanos = 0 } = status?.endTime ?? {};
  return Number(seconds) + nanos / 1e9;
}
