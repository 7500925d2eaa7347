import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import type { Plane } from "../plane.ts";
import { functionName } from "../state/action-wire.ts";
import type { ActionRow } from "../state/state.ts";
import { sleep } from "../watch/sleep.ts";
import { createContext } from "./context.ts";
import { findScript, UNPULLABLE } from "./find-script.ts";
import type { PhaseReport } from "./phases.ts";
import { POD_CREATED, reportEvent, reportStatus } from "./phases.ts";
import { outputUris, writeOutput } from "./storage.ts";
import type { TaskError } from "./task-error.ts";
import { createPullError, isTaskError } from "./task-error.ts";

/** What stops each action that runs. */
export type Controllers = Map<ActionRow, AbortController>;

/** How an attempt has ended; an aborted one is not heard of again. */
type Outcome = { output: Literal | undefined } | { error: TaskError } | "stopped";

// How many phases long the image of `pulls.never` is tried for.
const PULL_PHASES = 4;

/** Runs an action to its end, with as many attempts as its task is given; settles when its row does. */
export async function runAction(plane: Plane, controllers: Controllers, row: ActionRow): Promise<void> {
  const controller = new AbortController();
  controllers.set(row, controller);
  const signal = AbortSignal.any([controller.signal, plane.closing.signal]);
  const pause = (ms: number) => sleep(ms, signal);
  const last = 1 + (row.taskSpec?.taskTemplate?.metadata?.retries?.retries ?? 0);
  // A real plane answers first and submits the action a moment later.
  const submitted = await pause(Math.min(70, plane.paceMs / 4));
  for (let attempt = 1; submitted && attempt <= last; attempt++) {
    const outcome = await runAttempt(plane, controllers, row, attempt, signal);
    if (outcome === "stopped") break;
    const retried = "error" in outcome && attempt < last;
    if (retried) continue;
    await settle(plane, row, attempt, outcome, pause);
    break;
  }
  controllers.delete(row);
}

async function runAttempt(
  plane: Plane,
  controllers: Controllers,
  row: ActionRow,
  attempt: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const enter = (step: Pick<PhaseReport, "phase" | "version" | "clusterEvent">) => {
    const report = { attempt, at: plane.clock(), ...step };
    reportEvent(plane, row, report);
    reportStatus(plane, row, report);
    return sleep(plane.paceMs, signal);
  };
  row.logs = row.logs.filter((line) => line.attempt !== attempt);
  const clusterEvent = attempt === 1 ? "task submitted to K8s" : "restarting task";
  if (!(await enter({ phase: ActionPhase.QUEUED, clusterEvent }))) return "stopped";
  if (!(await enter(POD_CREATED))) return "stopped";
  if (functionName(row) === UNPULLABLE) return failToPull(plane, row, signal);
  const ran = enter({ phase: ActionPhase.RUNNING });
  const outcome = await play(plane, controllers, row, attempt, signal);
  return (await ran) ? outcome : "stopped";
}

async function failToPull({ paceMs }: Plane, { taskSpec }: ActionRow, signal: AbortSignal): Promise<Outcome> {
  if (!(await sleep(paceMs * PULL_PHASES, signal))) return "stopped";
  const target = taskSpec?.taskTemplate?.target;
  const image = target?.case === "container" ? target.value.image : "";
  return { error: createPullError(image) };
}

async function play(
  plane: Plane,
  controllers: Controllers,
  row: ActionRow,
  attempt: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const context = createContext(plane, row, attempt, (child) => runAction(plane, controllers, child), signal);
  const runtime = (what: string) =>
    context.log(
      `[flyte] WARNING Flyte runtime ${what} for action ${row.id.name} with run name ${row.id.run?.name}`,
    );
  runtime("started");
  try {
    return { output: await findScript(functionName(row), row.taskSpec)(context) };
  } catch (error) {
    if (!isTaskError(error)) return "stopped";
    describeFailure(row, attempt, error).forEach(context.log);
    return { error };
  } finally {
    if (!signal.aborted) runtime("completed");
  }
}

/** What the Python runtime prints of an error that it reports, without the frames of its own files. */
function describeFailure(row: ActionRow, attempt: number, error: TaskError): string[] {
  const { message, kind, exception, traceback } = error;
  const uri = outputUris(row, attempt).outputUri.replace("outputs.pb", "error.pb");
  return [
    `[${row.id.run?.name}][${row.id.name}] [flyte] ERROR Task failed with error: ${message}`,
    ...traceback,
    `[flyte] ERROR Task ${functionName(row)} failed with error: Error(err=code: "${exception}"`,
    `message: "${message}"`,
    `kind: ${ErrorInfo_Kind[kind]}`,
    `worker: "user"`,
    `, recoverable=True). Uploaded error to ${uri}`,
  ];
}

/** Ends the attempt first and the action's row a moment later, as an executing plane does. */
async function settle(
  plane: Plane,
  row: ActionRow,
  attempt: number,
  outcome: Exclude<Outcome, "stopped">,
  pause: (ms: number) => Promise<boolean>,
): Promise<void> {
  const failed = "error" in outcome;
  const phase = failed ? ActionPhase.FAILED : ActionPhase.SUCCEEDED;
  const report: PhaseReport = { attempt, phase, at: plane.clock() };
  if (failed) report.error = { message: outcome.error.message, kind: outcome.error.kind };
  else writeOutput(plane, row, attempt, outcome.output);
  reportEvent(plane, row, report);
  plane.logChanges.publish(row);
  if (await pause(rowLagMs(plane))) reportStatus(plane, row, { ...report, at: plane.clock() });
}

/** The row follows its last attempt 25 to 95 ms later. */
function rowLagMs({ paceMs }: Plane): number {
  return Math.min(95, Math.max(25, paceMs / 5));
}
