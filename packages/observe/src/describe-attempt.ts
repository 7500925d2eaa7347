import { isoTime, isTerminal, phaseName } from "@flyte-mcp/core";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { ActionAttempt, ClusterEvent } from "@flyte-mcp/idl/workflow/run_definition";
import { z } from "zod";
import { describeError, errorOutput } from "./describe-error.ts";

const MOST_EVENTS = 20;
const LONGEST_EVENT = 500;

/** How long an attempt was in each phase, in milliseconds; of the phase that it is in, so far. */
export const timingOutput = z.object({
  queued_ms: z.number().optional(),
  waiting_ms: z.number().optional().describe("For resources."),
  initializing_ms: z.number().optional(),
  running_ms: z.number().optional(),
  paused_ms: z.number().optional(),
});

/** One attempt of an action. */
export const attemptOutput = z.object({
  attempt: z.number(),
  phase: z.string(),
  started_at: z.string().optional(),
  ended_at: z.string().optional(),
  timing: timingOutput,
  error: errorOutput.optional(),
  cluster: z.string().optional(),
  pod: z.string().optional(),
});

/** One thing that the cluster said of a pod. */
export const eventOutput = z.object({
  at: z.string().optional(),
  message: z.string(),
  reason: z.string().optional(),
  count: z.number().optional(),
});

const TIMED: Partial<Record<ActionPhase, keyof z.output<typeof timingOutput>>> = {
  [ActionPhase.QUEUED]: "queued_ms",
  [ActionPhase.WAITING_FOR_RESOURCES]: "waiting_ms",
  [ActionPhase.INITIALIZING]: "initializing_ms",
  [ActionPhase.RUNNING]: "running_ms",
  [ActionPhase.PAUSED]: "paused_ms",
};

/** The attempt of a number, the last for none; planes list them in any order. */
export function findAttempt(attempts: readonly ActionAttempt[], number?: number): ActionAttempt | undefined {
  if (number !== undefined) return attempts.find(({ attempt }) => attempt === number);
  return [...attempts].sort((a, b) => a.attempt - b.attempt).at(-1);
}

/**
 * All attempts, newest first. The open-source plane leaves an attempt that another one followed as it was, running and
 * without an end: only one that failed is followed by another, and it was over when that began.
 */
export function describeAttempts(
  attempts: readonly ActionAttempt[],
  actionEnd: Timestamp | undefined,
): z.input<typeof attemptOutput>[] {
  const newest = [...attempts].sort((a, b) => b.attempt - a.attempt);
  return newest.map((attempt, index) => {
    const next = newest[index - 1];
    const isLeft = next !== undefined && !isTerminal(attempt.phase);
    return describeAttempt(
      { ...attempt, phase: isLeft ? ActionPhase.FAILED : attempt.phase },
      next?.startTime ?? actionEnd,
    );
  });
}

function describeAttempt(
  attempt: ActionAttempt,
  overAt: Timestamp | undefined,
): z.input<typeof attemptOutput> {
  const endTime = attempt.endTime ?? overAt;
  return {
    attempt: attempt.attempt,
    phase: phaseName(attempt.phase),
    started_at: isoTime(attempt.startTime),
    ended_at: isoTime(endTime),
    timing: describeTiming({ ...attempt, endTime }),
    error: attempt.errorInfo && describeError(attempt.errorInfo),
    cluster: attempt.cluster || undefined,
    pod: attempt.logContext?.primaryPodName || undefined,
  };
}

function describeTiming({ phaseTransitions, endTime }: ActionAttempt, now = Date.now()) {
  const timing: z.output<typeof timingOutput> = {};
  for (const { phase, startTime, endTime: left } of phaseTransitions) {
    const key = TIMED[phase];
    if (key === undefined || startTime === undefined) continue;
    const until = msOf(left ?? endTime) ?? now;
    timing[key] = (timing[key] ?? 0) + Math.max(0, until - (msOf(startTime) ?? until));
  }
  return timing;
}

/** The newest events of an attempt, oldest first. */
export function describeEvents({ clusterEvents }: ActionAttempt): z.input<typeof eventOutput>[] {
  return [...clusterEvents]
    .sort((a, b) => (msOf(a.occurredAt) ?? 0) - (msOf(b.occurredAt) ?? 0))
    .slice(-MOST_EVENTS)
    .map(describeEvent);
}

function describeEvent({ occurredAt, message, reason, count }: ClusterEvent) {
  const text = message.length > LONGEST_EVENT ? `${message.slice(0, LONGEST_EVENT)}…` : message;
  return { at: isoTime(occurredAt), message: text, reason: reason || undefined, count: count || undefined };
}

function msOf(time: Timestamp | undefined): number | undefined {
  return time && Number(time.seconds) * 1000 + Math.floor(time.nanos / 1e6);
}
