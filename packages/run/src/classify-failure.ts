import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import type { ActionAttempt, ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { findAttempt } from "@flyte-mcp/observe";
import { FAILURE_RULES } from "./failure-rules.ts";
import type { FailureRule, Verdict } from "./failure-rules.ts";
import { errorOf } from "./find-cause.ts";

const BY_KIND: Partial<Record<ErrorInfo_Kind, Verdict>> = {
  [ErrorInfo_Kind.USER]: {
    verdict: "user_code",
    advice: "The task's own code raised it: read the log lines, mend the code or the inputs, then rerun_run.",
  },
  [ErrorInfo_Kind.SYSTEM]: {
    verdict: "platform",
    advice: "The platform failed, not the task: run it again; if it recurs, tell whoever runs the cluster.",
  },
};

const UNKNOWN: Verdict = { verdict: "unknown", advice: "Read the log lines and the events." };
const ABORTED: Verdict = {
  verdict: "action_aborted",
  advice: "Somebody stopped this action, and what waited for it failed; rerun_run starts the run anew.",
};

/** Judges a failure by its code, its message, the cluster's events and its kind; by nothing that is not recorded. */
export function classifyFailure(details: ActionDetails): Verdict {
  if (details.status?.phase === ActionPhase.ABORTED) return ABORTED;
  const { verdict, advice } = findRule(details) ?? BY_KIND[errorOf(details)?.kind ?? 0] ?? UNKNOWN;
  return { verdict, advice };
}

/** What helps against that which keeps an action from running, as far as the cluster's events tell. */
export function adviseOnWait(details: ActionDetails): string | undefined {
  return findRule(details)?.advice;
}

/** Codes are trusted most, then what the message says, then the events, which tell of a pod's whole life. */
function findRule(details: ActionDetails): FailureRule | undefined {
  const error = errorOf(details);
  if (error?.gpuFault) return FAILURE_RULES.find(({ verdict }) => verdict === "gpu_fault");
  const attempt = findAttempt(details.attempts);
  const isLate = details.status?.phase === ActionPhase.TIMED_OUT;
  const isOwn = error?.kind === ErrorInfo_Kind.USER && hasRun(attempt);
  const rules = FAILURE_RULES.filter(({ only }) => only !== "timed out" || isLate);
  const events = attempt?.clusterEvents.map(({ message, reason }) => `${reason} ${message}`).join("\n") ?? "";
  return (
    FAILURE_RULES.find(({ code }) => code.test(error?.code ?? "")) ??
    rules.find(
      ({ message, only }) =>
        message?.test(error?.message ?? "") && !(isOwn && (only === "platform" || only === "placing")),
    ) ??
    rules.find(({ event, only }) => event?.test(events) && !(hasRun(attempt) && only === "placing")) ??
    (isLate ? FAILURE_RULES.find(({ verdict }) => verdict === "timeout") : undefined)
  );
}

/** A pod that ran had been placed and had its image, whatever its events say of the time before. */
function hasRun(attempt: ActionAttempt | undefined): boolean {
  return attempt?.phaseTransitions.some(({ phase }) => phase === ActionPhase.RUNNING) ?? false;
}
