import { setTimeout as pause } from "node:timers/promises";
import { toJson, type MessageInitShape } from "@bufbuild/protobuf";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { NamedLiteralSchema } from "@flyte-mcp/idl/task/common";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "../create.ts";
import { readSeedSpec } from "../seed/specs.ts";
import { boolean, float, integer, string } from "./literals.ts";

const SCOPE = { project: "flytesnacks", domain: "development" };
const sandbox = createSandbox({ paceMs: 8, history: false });
const transport = createRouterTransport(sandbox.routes);
const runs = createClient(RunService, transport);
const data = createClient(DataProxyService, transport);
const tasks = createClient(TaskService, transport);
afterAll(() => sandbox.close());

const root = (name: string) => ({ run: { ...SCOPE, name }, name: "a0" });

type Literals = MessageInitShape<typeof NamedLiteralSchema>[];

async function start(name: string, task: string, literals: Literals = []) {
  await runs.createRun({
    id: { case: "runId", value: { ...SCOPE, name } },
    task: { case: "taskId", value: { ...SCOPE, name: task, version: "v2" } },
    inputWrapper: { case: "inputs", value: { literals } },
  });
}

/** The details of an action once its own row is in that phase. */
async function until(name: string, phase: ActionPhase, action = "a0") {
  for (;;) {
    const { details } = await runs.getActionDetails({ actionId: { ...root(name), name: action } });
    if (details?.status?.phase === phase) return details;
    await pause(5);
  }
}

async function outputOf(name: string) {
  await until(name, ActionPhase.SUCCEEDED);
  const { outputs } = await data.getActionData({ actionId: root(name) });
  return outputs?.literals.map(({ name: output, value }) => [output, value && toJson(LiteralSchema, value)]);
}

const primitive = (value: object) => ({ scalar: { primitive: value } });

it("adds, with the default of the second addend", async () => {
  await start("add", "seed.add", [{ name: "a", value: integer(9007199254740993n) }]);
  expect(await outputOf("add")).toEqual([["o0", primitive({ integer: "9007199254740995" })]]);
});

it("tells a watcher of every phase, and ends while the row still says RUNNING", async () => {
  await start("watched", "seed.add", [{ name: "a", value: integer(1n) }]);
  const seen: string[] = [];
  let last;
  for await (const { details } of runs.watchActionDetails({ actionId: root("watched") })) {
    const phase = ActionPhase[details?.status?.phase ?? 0] ?? "";
    if (seen.at(-1) !== phase) seen.push(phase);
    last = details?.attempts.at(-1);
  }
  expect(seen).toEqual(["QUEUED", "RUNNING"]);
  expect(last?.phase).toBe(ActionPhase.SUCCEEDED);
  const { status, attempts } = await until("watched", ActionPhase.SUCCEEDED);
  expect(status?.attempts).toBe(1);
  expect(attempts[0]?.phaseTransitions.map(({ phase }) => ActionPhase[phase])).toEqual([
    "QUEUED",
    "RUNNING",
    "SUCCEEDED",
  ]);
  expect(attempts[0]?.clusterEvents.map(({ message }) => message)).toEqual([
    "task submitted to K8s",
    "Demistify Pending",
  ]);
  expect(attempts[0]?.logContext?.primaryPodName).toBe("watched-a0-0");
});

it("fails with a user error", async () => {
  await start("fail", "seed.fail", [{ name: "message", value: string("no such file") }]);
  const { result } = await until("fail", ActionPhase.FAILED);
  expect(result).toMatchObject({
    case: "errorInfo",
    value: { kind: ErrorInfo_Kind.USER, message: "no such file" },
  });
});

it("tries a flaky task three times", async () => {
  await start("flaky", "seed.flaky");
  const { attempts, status, result } = await until("flaky", ActionPhase.FAILED);
  expect(attempts.map(({ attempt, phase }) => [attempt, ActionPhase[phase]])).toEqual([
    [1, "RUNNING"],
    [2, "RUNNING"],
    [3, "FAILED"],
  ]);
  expect(status?.attempts).toBe(3);
  expect(result.value).toMatchObject({ message: "flaky failed" });
});

it("fans out to children", async () => {
  await start("fan", "seed.fan_out", [{ name: "n", value: integer(3n) }]);
  const [output] = (await outputOf("fan")) ?? [];
  expect(output?.[1]).toEqual({
    collection: { literals: ["2", "3", "4"].map((sum) => primitive({ integer: sum })) },
  });
  const { actions } = await runs.listActions({
    runId: root("fan").run,
    request: { sortBy: { key: "created_at", direction: 1 } },
  });
  expect(actions.map(({ id, metadata }) => [id?.name, metadata?.parent])).toEqual([
    ["a0", ""],
    ["c0", "a0"],
    ["c1", "a0"],
    ["c2", "a0"],
  ]);
});

it("lets the failure of a child travel up", async () => {
  await start("fan-fail", "seed.fan_fail", [{ name: "n", value: integer(2n) }]);
  const { result } = await until("fan-fail", ActionPhase.FAILED);
  expect(result.value).toMatchObject({ message: "inner cause", kind: ErrorInfo_Kind.USER });
  const { result: inner } = await until("fan-fail", ActionPhase.FAILED, "c2");
  expect(inner.value).toMatchObject({ message: "inner cause" });
});

it("waits at a gate for the right kind of answer", async () => {
  await start("gate", "seed.gate", [{ name: "question", value: string("Go?") }]);
  const actionId = { ...root("gate"), name: "c0" };
  await pause(100);
  const condition = await until("gate", ActionPhase.PAUSED, "c0");
  expect(condition.spec).toMatchObject({ case: "condition", value: { name: "approve", prompt: "Go?" } });
  const { runs: paused } = await runs.listRuns({
    scopeBy: { case: "projectId", value: { name: SCOPE.project, domain: SCOPE.domain } },
    pausedActionsOnly: true,
  });
  expect(paused.map(({ action }) => action?.id?.run?.name)).toEqual(["gate"]);
  const signal = (
    value: { case: "boolValue"; value: boolean } | { case: "intValue"; value: bigint },
    name = "c0",
  ) => runs.signalEvent({ actionId: { ...actionId, name }, parentActionName: "a0", payload: { value } });
  const yes = { case: "boolValue", value: true } as const;
  await expect(signal({ case: "intValue", value: 1n })).rejects.toThrow(
    "[invalid_argument] signal value type INTEGER does not match declared condition type BOOLEAN",
  );
  await expect(signal(yes, "nope")).rejects.toThrow("[not_found] condition action gate-nope not found");
  await expect(signal(yes, "a0")).rejects.toThrow("[failed_precondition] action gate-a0 is not a condition");
  await signal(yes);
  await signal(yes);
  await expect(signal({ case: "boolValue", value: false })).rejects.toThrow(
    "[failed_precondition] condition gate-c0 already signalled with a different value",
  );
  expect(await outputOf("gate")).toEqual([["o0", primitive({ boolean: true })]]);
  const { result } = await until("gate", ActionPhase.SUCCEEDED, "c0");
  expect(result).toMatchObject({ case: "signalInfo", value: { output: boolean(true) } });
});

it("runs a slow task to its end, which has no outputs", async () => {
  await start("brief", "seed.slow", [{ name: "seconds", value: integer(0n) }]);
  expect(await outputOf("brief")).toEqual([]);
});

it("ends the pods of an aborted run, whose logs are then lost", async () => {
  await start("abort", "seed.fan_fail", [{ name: "n", value: integer(1n) }]);
  await until("abort", ActionPhase.RUNNING);
  await pause(20);
  await runs.abortRun({ runId: root("abort").run, reason: "enough" });
  const { result, status } = await until("abort", ActionPhase.ABORTED);
  expect(result).toMatchObject({ case: "abortInfo", value: { reason: "enough" } });
  expect(status?.endTime).toBeDefined();
  await pause(150);
  const { attempts } = await until("abort", ActionPhase.ABORTED);
  expect(attempts[0]?.phase).toBe(ActionPhase.ABORTED);
  expect(attempts[0]?.clusterEvents.at(-1)?.message).toBe("aborted");
  expect((await until("abort", ActionPhase.ABORTED, "c0")).status?.phase).toBe(ActionPhase.ABORTED);
  const logs = data.tailLogs({ actionId: root("abort"), attempt: 1 })[Symbol.asyncIterator]();
  await expect(logs.next()).rejects.toThrow(
    '[not_found] no log context found for action run:{project:"flytesnacks"  domain:"development"  name:"abort"}  name:"a0" attempt 1',
  );
});

it("cannot pull the image of pulls.never", async () => {
  await start("pull", "pulls.never");
  const { result } = await until("pull", ActionPhase.FAILED);
  expect(result.value).toMatchObject({
    kind: ErrorInfo_Kind.USER,
    message: 'Grace period [3m0s] exceeded||Back-off pulling image "registry.example/imagepull:1"',
  });
});

it("follows the log of a chatty task", async () => {
  await start("chatty", "seed.chatty", [
    { name: "lines", value: integer(3n) },
    { name: "seconds", value: float(0.03) },
  ]);
  await until("chatty", ActionPhase.RUNNING);
  const lines: string[] = [];
  for await (const { logs } of data.tailLogs({ actionId: root("chatty"), attempt: 1 }))
    lines.push(...logs.flatMap((batch) => batch.lines.map(({ message }) => message)));
  expect(lines).toEqual([
    "[flyte] WARNING Flyte runtime started for action a0 with run name chatty",
    "\u001b[32mline\u001b[0m 0",
    "line 1",
    "line 2",
    "[flyte] WARNING Flyte runtime completed for action a0 with run name chatty",
  ]);
});

it("pays", async () => {
  const employee = { name: "employee", value: string("Ada") };
  await start("pay", "payroll.pay", [employee, { name: "amount", value: float(1) }]);
  expect(await outputOf("pay")).toEqual([["o0", primitive({ stringValue: "paid" })]]);
});

it("does not pretend to run a task that is not of the seed", async () => {
  const taskId = { ...SCOPE, name: "mine.train", version: "v2" };
  await tasks.deployTask({ taskId, spec: readSeedSpec("seed.add") });
  await start("mine", "mine.train");
  const { result } = await until("mine", ActionPhase.FAILED);
  const message = expect.stringContaining("plays only the seed tasks");
  expect(result.value).toMatchObject({ kind: ErrorInfo_Kind.SYSTEM, message });
});

it("fails a run that lacks a required input", async () => {
  await start("lacking", "seed.add");
  const { result } = await until("lacking", ActionPhase.FAILED);
  expect(result.value).toMatchObject({ message: "missing a required argument: 'a'" });
});

it("leaves a run alone that is aborted before its first phase", async () => {
  await start("early", "seed.add", [{ name: "a", value: integer(1n) }]);
  await runs.abortRun({ runId: root("early").run });
  await pause(150);
  const { attempts, result } = await until("early", ActionPhase.ABORTED);
  expect(result.value).toMatchObject({ reason: "User requested abort" });
  expect(attempts.map(({ phase }) => ActionPhase[phase])).toEqual(["ABORTED"]);
});

it("fails the parent of a child that is aborted alone", async () => {
  await start("orphaned", "seed.fan_out", [{ name: "n", value: integer(2n) }]);
  await until("orphaned", ActionPhase.RUNNING);
  await runs.abortAction({ actionId: { ...root("orphaned"), name: "c0" }, reason: "this one" });
  const { result } = await until("orphaned", ActionPhase.FAILED);
  expect(result.value).toMatchObject({ message: "action c0 was aborted" });
});
