import { create } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { OutputReferencesSchema } from "@flyte-mcp/idl/task/common";
import type { ActionAttempt, ActionEvent, PhaseTransition } from "@flyte-mcp/idl/workflow/run_definition";
import { ActionAttemptSchema, PhaseTransitionSchema } from "@flyte-mcp/idl/workflow/run_definition";
import { compareTimes, laterOf } from "../clock.ts";
import { isTerminal } from "./phases.ts";
import type { ActionRow } from "./state.ts";

/** The attempts of an action, as Flyte merges them from its events. */
export function listAttempts(row: ActionRow): ActionAttempt[] {
  const numbers = [...new Set(row.events.map(({ event }) => event.attempt))].sort((a, b) => a - b);
  return numbers.map((number) => mergeEvents(number, eventsOf(row, number)));
}

/** The events of one attempt in the order in which they are merged. */
function eventsOf(row: ActionRow, attempt: number): ActionEvent[] {
  return row.events
    .map(({ event }) => event)
    .filter((event) => event.attempt === attempt)
    .sort((a, b) => a.phase - b.phase || a.version - b.version)
    .sort((a, b) => compareTimes(reportedAt(a), reportedAt(b)));
}

function reportedAt(event: ActionEvent): Timestamp {
  return (event.reportedTime ?? event.updatedTime) as Timestamp;
}

function mergeEvents(attempt: number, events: ActionEvent[]): ActionAttempt {
  const last = events.find((event) => isTerminal(event.phase)) ?? (events.at(-1) as ActionEvent);
  const startTime = events[0]?.updatedTime as Timestamp;
  const logContext = events.findLast((event) => event.logContext)?.logContext;
  return create(ActionAttemptSchema, {
    attempt,
    phase: last.phase,
    startTime,
    endTime: isTerminal(last.phase) ? laterOf(startTime, last.updatedTime as Timestamp) : undefined,
    outputs: mergeOutputs(events, last),
    errorInfo: last.errorInfo,
    logsAvailable: logContext !== undefined,
    logContext,
    logInfo: mergeLogInfo(events),
    cacheStatus: last.cacheStatus,
    clusterEvents: events.flatMap((event) => event.clusterEvents),
    cluster: last.cluster,
    phaseTransitions: listTransitions(events),
  });
}

function mergeOutputs(events: ActionEvent[], last: ActionEvent): ActionEvent["outputs"] {
  const reportUri = events.findLast((event) => event.outputs?.reportUri)?.outputs?.reportUri;
  if (!reportUri) return last.outputs;
  return create(OutputReferencesSchema, { outputUri: last.outputs?.outputUri ?? "", reportUri });
}

function mergeLogInfo(events: ActionEvent[]): ActionEvent["logInfo"] {
  const byName = new Map(events.flatMap((event) => event.logInfo).map((log) => [log.name, log]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function listTransitions(events: ActionEvent[]): PhaseTransition[] {
  const transitions: PhaseTransition[] = [];
  for (const event of events) {
    if (transitions.some(({ phase }) => phase === event.phase)) continue;
    const open = transitions.at(-1);
    if (open) open.endTime = event.updatedTime;
    const done = isTerminal(event.phase);
    transitions.push(
      create(PhaseTransitionSchema, {
        phase: event.phase,
        startTime: event.updatedTime,
        endTime: done ? event.updatedTime : undefined,
      }),
    );
    if (done) break;
  }
  return transitions;
}

/** A watch of an action's details ends with the last attempt, not with the action's own phase. */
export function isLastAttemptTerminal(attempts: ActionAttempt[]): boolean {
  const last = attempts.at(-1);
  return last !== undefined && isTerminal(last.phase);
}

/** The event that says where an attempt logs: the one of the highest phase, then version. */
export function latestEvent(row: ActionRow, attempt: number): ActionEvent | undefined {
  return row.events
    .map(({ event }) => event)
    .filter((event) => event.attempt === attempt)
    .sort((a, b) => a.phase - b.phase || a.version - b.version)
    .at(-1);
}
