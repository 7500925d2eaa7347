import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { createConditionRow, createTaskRow } from "../executor/children.ts";
import { float, integer, list, string } from "../executor/literals.ts";
import { reportStatus } from "../executor/phases.ts";
import { createPullError, createUserError } from "../executor/task-error.ts";
import { plusMs } from "../clock.ts";
import type { Plane } from "../plane.ts";
import { createAction } from "../state/actions.ts";
import type { ActionRow } from "../state/state.ts";
import type { PastEnd, PastRun } from "./past-run.ts";
import { playPast, storePastRun } from "./past-run.ts";

function sum(name: string, version: string, hoursAgo: number, a: bigint, b: bigint): PastRun {
  const end: PastEnd = { kind: "succeeded", output: integer(a + b) };
  return { name, task: "seed.add", version, hoursAgo, args: { a: integer(a), b: integer(b) }, end };
}

function failure(name: string, hoursAgo: number, message: string): PastRun {
  const end: PastEnd = { kind: "failed", error: createUserError("ValueError", message, "fail") };
  return { name, task: "seed.fail", version: "v2", hoursAgo, args: { message: string(message) }, end };
}

function aborted(name: string, hoursAgo: number, reason: string): PastRun {
  const args = { seconds: integer(600n) };
  return {
    name,
    task: "seed.slow",
    version: "v2",
    hoursAgo,
    args,
    end: { kind: "aborted", reason },
    seconds: 95,
  };
}

/** Runs of the last days, so that a new sandbox has something to show. */
export function seedHistory(plane: Plane): void {
  PAST_RUNS.forEach((past) => storePastRun(plane, past));
  storeFanOut(plane);
  storeFanFail(plane);
  storeGate(plane);
}

const PAST_RUNS: readonly PastRun[] = [
  sum("demo-add-1", "v1", 70, 1n, 2n),
  failure("demo-fail-1", 69, "boom"),
  aborted("demo-slow-1", 50, "no longer needed"),
  sum("demo-add-2", "v2", 46, 40n, 2n),
  {
    ...{ name: "demo-flaky-1", task: "seed.flaky", version: "v2", hoursAgo: 30, args: {} },
    end: { kind: "failed", error: createUserError("RuntimeError", "flaky failed", "flaky"), attempts: 3 },
  },
  {
    ...{ name: "demo-pay-1", task: "payroll.pay", version: "v2", hoursAgo: 28 },
    args: { employee: string("Ada"), amount: float(1200) },
    end: { kind: "succeeded", output: string("paid") },
  },
  sum("demo-add-3", "v2", 22, 7n, 2n),
  {
    ...{ name: "demo-pull-1", task: "pulls.never", version: "v2", hoursAgo: 10, args: {} },
    end: { kind: "not started", error: createPullError("registry.example/imagepull:1") },
  },
  aborted("demo-slow-2", 8, "User requested abort"),
  failure("demo-fail-2", 5, "disk quota exceeded"),
  sum("demo-add-4", "v2", 2, 20n, 22n),
];

function storeSum(plane: Plane, parent: ActionRow, index: number): void {
  const args = { a: integer(BigInt(index)), b: integer(2n) };
  const createdAt = plusMs(parent.createdAt, 3500 + index * 9000);
  const child = createAction(plane, createTaskRow(plane, parent, `c${index}`, "seed.add", args, createdAt));
  playPast(plane, child, { kind: "succeeded", output: integer(BigInt(index) + 2n) });
}

function storeFanOut(plane: Plane): void {
  const output = list([2n, 3n, 4n].map(integer));
  const past = {
    name: "demo-fan-1",
    task: "seed.fan_out",
    version: "v2",
    hoursAgo: 20,
    args: { n: integer(3n) },
  };
  const row = storePastRun(plane, { ...past, end: { kind: "succeeded", output }, seconds: 30 });
  for (const index of [0, 1, 2]) storeSum(plane, row, index);
}

function storeFanFail(plane: Plane): void {
  const end: PastEnd = { kind: "failed", error: createUserError("ValueError", "inner cause", "fail") };
  const past = {
    name: "demo-fan-2",
    task: "seed.fan_fail",
    version: "v2",
    hoursAgo: 12,
    args: { n: integer(2n) },
  };
  const row = storePastRun(plane, { ...past, end, seconds: 30 });
  for (const index of [0, 1]) storeSum(plane, row, index);
  const args = { message: string("inner cause") };
  const createdAt = plusMs(row.createdAt, 21_500);
  playPast(plane, createAction(plane, createTaskRow(plane, row, "c2", "seed.fail", args, createdAt)), end);
}

function storeGate(plane: Plane): void {
  const past = { name: "demo-gate-1", task: "seed.gate", version: "v2", hoursAgo: 1, args: {} };
  const row = storePastRun(plane, { ...past, end: { kind: "running" } });
  const condition = { name: "approve", prompt: "Ship it?", description: "Blocks the release." };
  const createdAt = plusMs(row.createdAt, 3500);
  const child = createAction(plane, createConditionRow(plane, row, "c0", condition, createdAt));
  reportStatus(plane, child, { attempt: 0, phase: ActionPhase.PAUSED, at: createdAt });
}
