import { createToolError, isTerminal, phaseName } from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { ActionAttempt, ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { LogTailQuery } from "@flyte-mcp/observe";

export type ActionId = LogTailQuery["actionId"];

/** One attempt of an action, as far as its log is concerned. */
export interface AttemptState {
  number: number;
  phase: string;
  /** Nothing more will be printed. */
  isOver: boolean;
  /** Whether Flyte knows where the attempt logs. */
  isLogged: boolean;
  /** Undefined where the plane tells nothing of it. */
  attempt: ActionAttempt | undefined;
  details: ActionDetails | undefined;
}

/** An attempt by its number, or the latest; throws a tool error when there is none or the action has no pod. */
export async function readAttempt(
  flyte: ToolContext["flyte"],
  actionId: ActionId,
  wanted: number | undefined,
): Promise<AttemptState> {
  const { details } = await flyte(RunService).getActionDetails({ actionId });
  assertPrints(details, actionId);
  const latest = Math.max(details?.status?.attempts ?? 0, ...numbersOf(details));
  if (wanted !== undefined && wanted > Math.max(latest, 1)) throw missingAttempt(actionId, wanted, latest);
  const number = wanted ?? Math.max(latest, 1);
  // By its number: the list may be incomplete and in any order.
  const attempt = details?.attempts.find((candidate) => candidate.attempt === number);
  const whole = details?.status?.phase ?? ActionPhase.UNSPECIFIED;
  // The open-source plane leaves an attempt that another one followed as it was.
  const isLeft = number < latest && !isTerminal(attempt?.phase ?? ActionPhase.RUNNING);
  const phase = isLeft ? ActionPhase.FAILED : (attempt?.phase ?? whole);
  return {
    number,
    phase: phaseName(phase),
    isOver: isTerminal(phase) || isTerminal(whole),
    isLogged: attempt?.logsAvailable ?? latest > 0,
    attempt,
    details,
  };
}

function numbersOf(details: ActionDetails | undefined): number[] {
  return details?.attempts.map(({ attempt }) => attempt) ?? [];
}

function assertPrints(details: ActionDetails | undefined, { name }: ActionId): void {
  const kind = details?.spec.case;
  if (kind !== "condition" && kind !== "trace") return;
  const message = `Action ${name} is a ${kind}: it runs in no pod of its own and has no log.`;
  const hint =
    kind === "trace" ? `Its parent ${details?.metadata?.parent || "a0"} printed what it did.` : undefined;
  throw createToolError({ code: "failed_precondition", message, ...(hint && { hint }) });
}

function missingAttempt({ name, run }: ActionId, wanted: number, latest: number): Error {
  const had = latest === 0 ? "not begun" : latest === 1 ? "had one attempt" : `had ${latest} attempts`;
  return createToolError({
    code: "not_found",
    message: `Action ${name} of run ${run.name} has ${had}; there is no attempt ${wanted}.`,
  });
}
