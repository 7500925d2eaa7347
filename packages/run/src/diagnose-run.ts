import { defineTool, isSuccess, isTerminal, phaseName } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import {
  arrangeTree,
  countPhases,
  describeAction,
  describeError,
  describeEvents,
  errorOutput,
  eventOutput,
  findAttempt,
  nameOf,
  readActions,
  readRoot,
} from "@flyte-mcp/observe";
import type { ActionTree, RunId } from "@flyte-mcp/observe";
import { z } from "zod";
import { adviseOnWait, classifyFailure } from "./classify-failure.ts";
import { compareWithLastGood } from "./compare-runs.ts";
import { readFailureLog } from "./failure-log.ts";
import { errorOf, findCause } from "./find-cause.ts";
import type { Cause } from "./find-cause.ts";
import { findPaused } from "./find-paused.ts";
import { findStuck } from "./find-stuck.ts";
import { fitDiagnosis } from "./fit-diagnosis.ts";
import { runInput } from "./run-input.ts";

const MOST_PROPAGATED = 5;
const MOST_EVENTS = 6;
const LONGEST_MESSAGE = 1_200;

export const diagnoseRun = defineTool({
  name: "diagnose_run",
  title: "Diagnose run",
  description:
    "Find out why a run failed or does not go on: where it began, what kind of failure, what helps, the log round it, what changed since the last good run. Call it first when a run has failed.",
  effect: "read",
  input: runInput,
  output: z.object({
    name: z.string(),
    phase: z.string(),
    verdict: z.string(),
    summary: z.string(),
    advice: z.string().optional(),
    phases: z.record(z.string(), z.number()).describe("How many actions are in each phase."),
    cause: z
      .object({
        action: z.string(),
        type: z.string().optional(),
        task: z.string().optional(),
        attempts: z.number().optional(),
        error: errorOutput.optional(),
        events: z.array(eventOutput),
        log: z.array(z.string()),
        log_note: z.string().optional(),
        url: z.string().optional(),
      })
      .optional(),
    propagated_to: z.array(z.string()).optional().describe("Actions that failed only because of it."),
    other_failures: z.number().optional().describe("Actions that failed by themselves; see list_actions."),
    last_good_run: z.string().optional(),
    changes: z
      .array(z.object({ what: z.string(), now: z.string().optional(), then: z.string().optional() }))
      .optional()
      .describe("What is not as it was in the last good run."),
    url: z.string().optional(),
  }),

  async run({ name, ...args }, context) {
    const place = context.scope(args);
    const root = await readRoot(context.flyte, place, name);
    const phase = root?.status?.phase ?? ActionPhase.UNSPECIFIED;
    const { actions } = await readActions(context.flyte, { ...place, name });
    const tree = arrangeTree(actions);
    const answer = {
      name,
      phase: phaseName(phase),
      phases: countPhases(actions),
      url: context.consoleUrl({ kind: "runs", ...place, path: [name] }),
    };
    if (!root || isSuccess(phase)) return { ...answer, ...WELL };
    if (!isTerminal(phase))
      return fitDiagnosis({ ...answer, ...(await describeWaiting(root, tree, place, name, context)) });
    const cause = await findCause(context.flyte, { ...place, name }, tree, root);
    const [found, compared] = await Promise.all([
      describeCause(cause.details, place, name, context),
      compareWithLastGood(context.flyte, place, name, root).catch(() => undefined),
    ]);
    return fitDiagnosis({
      ...answer,
      ...judge(phase, root, cause),
      cause: found,
      propagated_to: cause.propagated.slice(0, MOST_PROPAGATED),
      other_failures: cause.others || undefined,
      last_good_run: compared?.run,
      changes: compared?.changes,
    });
  },
});

const WELL = { verdict: "succeeded", summary: "The run went well; there is nothing to diagnose." };

function judge(phase: ActionPhase, root: ActionDetails, cause: Cause) {
  if (phase === ActionPhase.ABORTED) return judgeAbort(root);
  const { details, propagated } = cause;
  const { task } = describeAction(details.metadata);
  const tries = details.attempts.length;
  const often = tries > 1 ? ` at each of its ${tries} attempts` : "";
  const where = `Action ${details.id?.name ?? ""}${task ? ` (${task})` : ""}`;
  const what = details.result.case === "abortInfo" ? "was aborted" : `failed${often}`;
  const summary = `${where} ${what}: ${reasonOf(details)}${tellPropagation(propagated, cause.isPresumed, root)}.`;
  return { ...classifyFailure(details), summary };
}

function reasonOf(details: ActionDetails): string {
  const aborted = details.result.case === "abortInfo" ? details.result.value.reason : undefined;
  const message = aborted ?? errorOf(details)?.message ?? "";
  return message.split("\n", 1)[0]?.slice(0, 200) || "without a message";
}

function tellPropagation(propagated: readonly string[], isPresumed: boolean, root: ActionDetails): string {
  if (propagated.length === 0) return "";
  if (!isPresumed) return `; ${propagated.length} above it failed for that reason alone`;
  return `; ${propagated.length} above it failed right after, probably for that reason, though the run says: ${reasonOf(root)}`;
}

function judgeAbort(root: ActionDetails) {
  const info = root.result.case === "abortInfo" ? root.result.value : undefined;
  const by = info?.abortedBy?.principal.value?.id?.subject;
  const summary = `The run was aborted${by ? ` by ${by}` : ""}${info?.reason ? `: ${info.reason}` : ""}.`;
  return { verdict: "aborted", summary, advice: "Somebody stopped it; rerun_run starts it anew." };
}

/** What a run that goes on is waiting for: a person, or an action whose pod does not come. */
async function describeWaiting(
  root: ActionDetails,
  tree: ActionTree,
  place: Scope,
  name: string,
  context: ToolContext,
) {
  const gates = await findPaused(context.flyte, place, name);
  if (gates) {
    const summary = `The run waits for a person to answer ${nameGates(gates, tree)}.`;
    const advice = "See list_conditions, then signal_condition.";
    const cause = await describeCause(root, place, name, context);
    return { verdict: "waiting_for_person", summary, advice, cause };
  }
  const held = await readHeld(root, tree, { ...place, name }, context.flyte);
  const cause = await describeCause(held, place, name, context);
  const where =
    cause.action === "a0" ? "it" : `action ${cause.action}${cause.task ? ` (${cause.task})` : ""}`;
  const last = cause.events.at(-1)?.message;
  const is = cause.action === "a0" ? "" : `; ${where} is ${phaseName(held.status?.phase ?? 0)}`;
  const summary = `The run has not ended${is}${last ? `; the cluster's last word on it: ${last}` : ""}.`;
  const advice = adviseOnWait(held) ?? "wait_for_run follows it, get_logs shows what it prints.";
  return { verdict: "not_ended", summary, advice, cause };
}

function nameGates(gates: readonly string[], tree: ActionTree): string {
  const labels = new Map(tree.inOrder.map((gate) => [nameOf(gate), describeAction(gate.metadata).label]));
  return gates.map((gate) => (labels.get(gate) ? `${labels.get(gate)} (${gate})` : gate)).join(", ");
}

async function readHeld(
  root: ActionDetails,
  tree: ActionTree,
  run: RunId,
  flyte: ToolContext["flyte"],
): Promise<ActionDetails> {
  const stuck = findStuck(tree);
  if (stuck === undefined || nameOf(stuck) === root.id?.name) return root;
  const call = flyte(RunService).getActionDetails({ actionId: { run, name: nameOf(stuck) } });
  // The state of the run is worth more than this addition to it.
  return call.then(({ details }) => details ?? root).catch(() => root);
}

async function describeCause(details: ActionDetails, place: Scope, name: string, context: ToolContext) {
  const action = details.id?.name || "a0";
  const attempt = findAttempt(details.attempts);
  const error = errorOf(details);
  const source = { actionId: { run: { ...place, name }, name: action }, attempt: attempt?.attempt ?? 1 };
  const log = attempt
    ? await readFailureLog(context.flyte, source, error?.message ?? "", context.signal)
    : { lines: [], note: "It never began." };
  const { type, task } = describeAction(details.metadata);
  return {
    action,
    type,
    task,
    attempts: details.attempts.length || undefined,
    error: error && { ...describeError(error), message: shorten(error.message) },
    events: attempt ? describeEvents(attempt).slice(-MOST_EVENTS) : [],
    log: log.lines,
    log_note: log.note,
    url: context.consoleUrl({ kind: "runs", ...place, path: [name], action }),
  };
}

function shorten(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}
