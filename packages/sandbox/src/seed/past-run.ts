import { create, toBinary } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { RunIdentifierSchema } from "@flyte-mcp/idl/common/identifier";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import { RunSpecSchema } from "@flyte-mcp/idl/task/run";
import { TaskIdentifierSchema } from "@flyte-mcp/idl/task/task_definition";
import { plusMs } from "../clock.ts";
import { POD_CREATED, reportEvent, reportStatus } from "../executor/phases.ts";
import type { PhaseReport } from "../executor/phases.ts";
import { writeOutput } from "../executor/storage.ts";
import type { TaskError } from "../executor/task-error.ts";
import type { Plane } from "../plane.ts";
import { STORAGE_PREFIX } from "../plane.ts";
import { fillDefaults } from "../services/create-run.ts";
import { createAction, ROOT_ACTION } from "../state/actions.ts";
import { createActionRow } from "../state/action-row.ts";
import type { ActionRow } from "../state/state.ts";
import { findTask } from "../state/tasks.ts";
import { SEED_SCOPE } from "./specs.ts";

const HOUR_MS = 3_600_000;

/** How a run of the past has ended, or that it still runs. */
export type PastEnd =
  | { kind: "succeeded"; output: Literal }
  | { kind: "failed"; error: TaskError; attempts?: number }
  | { kind: "not started"; error: TaskError }
  | { kind: "aborted"; reason: string }
  | { kind: "running" };

export interface PastRun {
  name: string;
  task: string;
  version: string;
  hoursAgo: number;
  args: Record<string, Literal>;
  end: PastEnd;
  /** How long it ran, in seconds (default 4). */
  seconds?: number;
}

const END_PHASES = {
  succeeded: ActionPhase.SUCCEEDED,
  failed: ActionPhase.FAILED,
  "not started": ActionPhase.FAILED,
  aborted: ActionPhase.ABORTED,
};

/** Stores a run as if it had been executed then, and gives back its root action. */
export function storePastRun(plane: Plane, past: PastRun): ActionRow {
  const createdAt = plusMs(plane.clock(), -past.hoursAgo * HOUR_MS);
  const taskId = create(TaskIdentifierSchema, { ...SEED_SCOPE, name: past.task, version: past.version });
  const taskSpec = findTask(plane, taskId)?.spec;
  if (!taskSpec) throw new Error(`${past.task} ${past.version} is not deployed`);
  const inputsUri = `${STORAGE_PREFIX}/${SEED_SCOPE.project}/${SEED_SCOPE.domain}/${past.name}/inputs/inputs.pb`;
  const given = Object.entries(past.args).map(([name, value]) => ({ name, value }));
  const inputs = fillDefaults(create(InputsSchema, { literals: given }), taskSpec);
  plane.state.blobs[inputsUri] = toBinary(InputsSchema, inputs);
  const run = create(RunIdentifierSchema, { ...SEED_SCOPE, name: past.name });
  const runSpec = create(RunSpecSchema, {
    rawDataStorage: { rawDataPrefix: STORAGE_PREFIX },
    runStartTime: createdAt,
  });
  const row = createAction(plane, {
    ...createActionRow(plane, { run, name: ROOT_ACTION, parent: "", inputsUri, createdAt }),
    ...{ taskId, taskSpec, runSpec, phase: ActionPhase.QUEUED },
  });
  playPast(plane, row, past.end, past.seconds);
  return row;
}

/** Takes an action through its phases as they would have been after its creation. */
export function playPast(plane: Plane, row: ActionRow, end: PastEnd, seconds = 4): void {
  const attempts = end.kind === "failed" ? (end.attempts ?? 1) : 1;
  let at = row.createdAt;
  const enter = (
    attempt: number,
    ms: number,
    step: Pick<PhaseReport, "phase" | "version" | "clusterEvent">,
  ) => {
    at = plusMs(at, ms);
    const report = { attempt, at, ...step };
    reportEvent(plane, row, report);
    reportStatus(plane, row, report);
  };
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const clusterEvent = attempt === 1 ? "task submitted to K8s" : "restarting task";
    enter(attempt, 80, { phase: ActionPhase.QUEUED, clusterEvent });
    enter(attempt, 900, POD_CREATED);
    if (end.kind === "not started") break;
    enter(attempt, 2100, { phase: ActionPhase.RUNNING });
    log(row, attempt, at, "started");
    at = plusMs(at, seconds * 1000);
  }
  endPast(plane, row, end, attempts, at);
  row.updatedAt = at;
}

function log(row: ActionRow, attempt: number, at: Timestamp, what: string): void {
  const message = `[flyte] WARNING Flyte runtime ${what} for action ${row.id.name} with run name ${row.id.run?.name}`;
  row.logs.push({ attempt, at, message });
}

function endPast(plane: Plane, row: ActionRow, end: PastEnd, attempt: number, at: Timestamp): void {
  if (end.kind === "running") return;
  if (end.kind === "aborted") row.abortReason = end.reason;
  if (end.kind === "succeeded") writeOutput(plane, row, attempt, end.output);
  if (end.kind === "failed")
    for (const message of end.error.traceback) row.logs.push({ attempt, at, message });
  if (end.kind !== "not started") log(row, attempt, at, "completed");
  const error = "error" in end ? { message: end.error.message, kind: end.error.kind } : undefined;
  const report = { attempt, phase: END_PHASES[end.kind], at, ...(error ? { error } : {}) };
  reportEvent(plane, row, end.kind === "aborted" ? { ...report, clusterEvent: "aborted" } : report);
  reportStatus(plane, row, { ...report, at: plusMs(at, 40) });
}
