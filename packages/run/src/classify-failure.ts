import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { findAttempt } from "@flyte-mcp/observe";
import { errorOf } from "./find-cause.ts";

/** What kind of failure it is, and what helps against it. */
export interface Verdict {
  verdict: string;
  advice: string;
}

interface Rule extends Verdict {
  /** Matched against error code, error message and what the cluster said, in this order of trust. */
  pattern: RegExp;
}

// The first that matches wins: the particular before the general.
const RULES: readonly Rule[] = [
  {
    verdict: "queued_timeout",
    pattern: /QUEUED_TIMEOUT_EXCEEDED|MaxQueuedTimeExceeded/,
    advice: "It waited too long for a place to run: raise the task's max_queued_time, or free the queue.",
  },
  {
    verdict: "runtime_timeout",
    pattern: /MAX_RUNTIME_EXCEEDED|MaxRuntimeExceeded/,
    advice: "One attempt ran too long: raise the task's max_runtime, or give it less to do.",
  },
  {
    verdict: "deadline",
    pattern: /DEADLINE_EXCEEDED|DeadlineExceededError|TaskTimeoutError/,
    advice: "All attempts together took too long: raise the task's deadline, or lower its retries.",
  },
  {
    verdict: "out_of_memory",
    pattern: /OOMKilled|OutOfMemory|out of memory|exit(ed with)? code:? 137|MemoryError/i,
    advice: "It used more memory than it may: raise memory in the task's resources, or handle less at once.",
  },
  {
    verdict: "image_pull",
    pattern: /ImagePullBackOff|ErrImagePull|InvalidImageName|Back-off pulling image|failed to pull image/i,
    advice:
      "Its image cannot be pulled: check that the image exists and that the cluster may read its registry.",
  },
  {
    verdict: "quota",
    pattern:
      /exceeded quota|insufficient (cpu|memory|nvidia|ephemeral)|Unschedulable|FailedScheduling|RESOURCE_EXHAUSTED/i,
    advice: "The cluster has no room for it: ask for less in resources, or raise the quota of the project.",
  },
  {
    verdict: "gpu_fault",
    pattern: /Gpu(Xid|FallenOffBus|EccUncorrectable|RowRemapPending|Nvlink|Gsp)/,
    advice: "A GPU failed under it; of kind system it is the hardware, of kind user the program's own fault.",
  },
  {
    verdict: "node_lost",
    pattern: /\bpreempted\b|spot instance|node (was )?(lost|shut ?down|not ready)|NodeShutdown|\bevicted\b/i,
    advice:
      "Its machine was taken away: run it again, with interruptible false or more retries if that recurs.",
  },
];

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
const TIMED_OUT: Verdict = { verdict: "timeout", advice: "It took too long: raise the task's timeout." };

/** Judges a failure by its code, its message, the cluster's events and its kind; by nothing that is not recorded. */
export function classifyFailure(details: ActionDetails): Verdict {
  const error = errorOf(details);
  if (error?.gpuFault) return RULES.find(({ verdict }) => verdict === "gpu_fault") ?? UNKNOWN;
  const attempt = findAttempt(details.attempts);
  const said = attempt?.clusterEvents.map(({ message, reason }) => `${reason} ${message}`).join("\n") ?? "";
  // Events tell of a pod's whole life; what a user's own exception says needs none of them.
  const texts = [error?.code ?? "", error?.message ?? "", said];
  for (const text of texts) {
    const rule = RULES.find(({ pattern }) => pattern.test(text));
    if (rule) return { verdict: rule.verdict, advice: rule.advice };
  }
  if (details.status?.phase === ActionPhase.TIMED_OUT) return TIMED_OUT;
  return (error && BY_KIND[error.kind]) ?? UNKNOWN;
}
