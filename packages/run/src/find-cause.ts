import type { ToolContext } from "@flyte-mcp/core";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Action, ActionDetails, ErrorInfo } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { nameOf, phaseOf } from "@flyte-mcp/observe";
import type { ActionTree, RunId } from "@flyte-mcp/observe";

/** Failed children of one action that are looked into; those that failed later seldom are the cause. */
const MOST_CHILDREN = 8;
/** A parent that fails because a child did ends its pod within this time. */
const SOON_S = 10;
const FAILED: readonly ActionPhase[] = [ActionPhase.FAILED, ActionPhase.TIMED_OUT];

/** Where a failure began. */
export interface Cause {
  details: ActionDetails;
  /** Actions that failed only because it did, the run's root first. */
  propagated: readonly string[];
  /** One of them told it in words of its own, so that only the time tells that it did. */
  isPresumed: boolean;
  /** How many others failed on their own account. */
  others: number;
}

interface Origin {
  details: ActionDetails;
  isPresumed: boolean;
}

/** Goes from a failed root down to the earliest failure that its error tells of. */
export async function findCause(
  flyte: ToolContext["flyte"],
  run: RunId,
  tree: ActionTree,
  root: ActionDetails,
): Promise<Cause> {
  const propagated: string[] = [];
  let [details, isPresumed] = [root, false];
  for (;;) {
    const name = details.id?.name ?? "";
    const origin = await findOrigin(flyte, run, tree.childrenOf(name), details);
    if (!origin) break;
    propagated.push(name);
    details = origin.details;
    isPresumed ||= origin.isPresumed;
  }
  const failed = tree.inOrder.filter((action) => FAILED.includes(phaseOf(action))).map(nameOf);
  const own = [...propagated, details.id?.name ?? ""];
  const others = failed.filter((name) => !own.includes(name)).length;
  return { details, propagated, isPresumed, others };
}

/** The child whose failure made an action fail, the earliest of several; undefined when it failed by itself. */
async function findOrigin(
  flyte: ToolContext["flyte"],
  run: RunId,
  children: readonly Action[],
  parent: ActionDetails,
): Promise<Origin | undefined> {
  const error = errorOf(parent);
  const read = async (child: Action) => {
    const actionId = { run, name: nameOf(child) };
    return (await flyte(RunService).getActionDetails({ actionId })).details;
  };
  const ended = children.filter((child) => [...FAILED, ActionPhase.ABORTED].includes(phaseOf(child)));
  const named = ended.find((child) => error && isNamed(nameOf(child), error.message));
  const said = named && (await read(named));
  if (said) return { details: said, isPresumed: false };
  const failed = ended.filter((child) => FAILED.includes(phaseOf(child)));
  const earliest = [...failed].sort((a, b) => endOf(a.status) - endOf(b.status)).slice(0, MOST_CHILDREN);
  const all = (await Promise.all(earliest.map(read))).filter((details) => details !== undefined);
  const repeated = all.find((details) => !error || isRepeated(errorOf(details), error));
  if (repeated) return { details: repeated, isPresumed: false };
  const close = all.find((details) => isSoonAfter(parent, details));
  return close && { details: close, isPresumed: true };
}

/** Of a child that timed out or was aborted the SDK says `Action <name> …`, not what that child's own error says. */
function isNamed(name: string, message: string): boolean {
  return message
    .split(/[^\w-]+/)
    .some((word, index, words) => word === name && /^action$/i.test(words[index - 1] ?? ""));
}

/** Python raises a child's error again in the parent, as it is or within words of its own. */
function isRepeated(child: ErrorInfo | undefined, parent: ErrorInfo): boolean {
  if (!child?.message) return false;
  return parent.message.includes(child.message) || child.message.includes(parent.message);
}

function isSoonAfter(parent: ActionDetails, child: ActionDetails): boolean {
  const [late, early] = [endOf(parent.status), endOf(child.status)];
  return early > 0 && late >= early && late - early <= SOON_S;
}

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
