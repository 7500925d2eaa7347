import { createClient } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { run } from "./index.ts";

const scope = { project: "flytesnacks", domain: "development" };
const sandbox = createSandbox({ paceMs: 4, history: false });
afterAll(() => sandbox.close());
const flyte = playFlyte(sandbox.routes);
const runs = createClient(RunService, flyte.transport);

type Value = { case: "integer"; value: bigint } | { case: "stringValue"; value: string };

const literal = (value: Value) =>
  ({ value: { case: "scalar", value: { value: { case: "primitive", value: { value } } } } }) as const;

interface Launch {
  name: string;
  task: string;
  version?: string;
  inputs?: Record<string, Value>;
  envs?: Record<string, string>;
}

async function launch({ name, task, version = "v2", inputs = {}, envs = {} }: Launch): Promise<void> {
  const literals = Object.entries(inputs).map(([key, value]) => ({ name: key, value: literal(value) }));
  await runs.createRun({
    id: { case: "runId", value: { ...scope, name } },
    task: { case: "taskId", value: { ...scope, name: task, version } },
    inputWrapper: { case: "inputs", value: { literals } },
    runSpec: { envs: { values: Object.entries(envs).map(([key, value]) => ({ key, value })) } },
  });
}

async function phaseOf(name: string) {
  const { details } = await runs.getActionDetails({ actionId: { run: { ...scope, name }, name: "a0" } });
  return details?.status?.phase ?? 0;
}

async function ended(given: Launch): Promise<void> {
  await launch(given);
  while ((await phaseOf(given.name)) < ActionPhase.SUCCEEDED)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

const connect = () => connectClient({ groups: [run], flyte });
const message = (value: string): Record<string, Value> => ({ message: { case: "stringValue", value } });
const number = (key: string, value: bigint): Record<string, Value> => ({ [key]: { case: "integer", value } });

describe("diagnose_run on a plane", () => {
  it("finds the child that failed first, and who failed only because of it", async () => {
    await ended({ name: "inner", task: "seed.fan_fail", inputs: number("n", 2n) });
    const { answer } = await connect();
    const found = await answer("diagnose_run", { name: "inner" });
    expect(found).toMatchObject({
      phase: "failed",
      verdict: "user_code",
      summary: "Action c2 (seed.fail) failed: inner cause; 1 above it failed for that reason alone.",
      phases: { succeeded: 2, failed: 2 },
      cause: {
        action: "c2",
        task: "seed.fail",
        attempts: 1,
        error: { message: "inner cause", kind: "user" },
      },
      propagated_to: ["a0"],
    });
    expect((found["cause"] as { log: string[] }).log).toContain("ValueError: inner cause");
    expect(found).not.toHaveProperty("other_failures");
    expect(JSON.stringify(found).length).toBeLessThan(8_000);
  });

  it("tells how often it was tried", async () => {
    await ended({ name: "flaky", task: "seed.flaky" });
    const { answer } = await connect();
    expect(await answer("diagnose_run", { name: "flaky" })).toMatchObject({
      summary: "Action a0 (seed.flaky) failed at each of its 3 attempts: flaky failed.",
      cause: { attempts: 3, events: [{ message: "restarting task" }, { message: "Demistify Pending" }] },
    });
  });

  it("knows an image that cannot be pulled", async () => {
    await ended({ name: "pull", task: "pulls.never" });
    const { answer } = await connect();
    expect(await answer("diagnose_run", { name: "pull" })).toMatchObject({
      verdict: "image_pull",
      advice: expect.stringContaining("check that the image exists"),
      cause: { log: [] },
    });
  });

  it("says what differs from the last run that went well, but no value of a variable", async () => {
    const inputs = number("a", 1n);
    await ended({ name: "good", task: "seed.add", version: "v1", inputs, envs: { LEVEL: "canary-then" } });
    const bad = { literals: [{ name: "a", value: literal({ case: "stringValue", value: "x" }) }] };
    await runs.createRun({
      id: { case: "runId", value: { ...scope, name: "bad" } },
      task: { case: "taskId", value: { ...scope, name: "seed.add", version: "v2" } },
      inputWrapper: { case: "inputs", value: bad },
      runSpec: { envs: { values: [{ key: "LEVEL", value: "canary-now" }] } },
    });
    while ((await phaseOf("bad")) < ActionPhase.SUCCEEDED) await new Promise((r) => setTimeout(r, 5));
    const { answer } = await connect();
    const found = await answer("diagnose_run", { name: "bad" });
    expect(found).toMatchObject({
      last_good_run: "good",
      changes: [
        { what: "version", now: "v2", then: "v1" },
        { what: "input a", then: "1" },
        { what: "environment variable LEVEL" },
      ],
    });
    expect(JSON.stringify(found)).not.toContain("canary");
  });

  it("says what a run waits for, that it goes on, that it was stopped, or that it went well", async () => {
    await launch({ name: "gate", task: "seed.gate" });
    await launch({ name: "slow", task: "seed.slow", inputs: number("seconds", 60n) });
    await ended({ name: "fine", task: "seed.add", inputs: number("a", 1n) });
    while ((await phaseOf("slow")) < ActionPhase.RUNNING) await new Promise((r) => setTimeout(r, 5));
    await new Promise((resolve) => setTimeout(resolve, 60));
    const { answer } = await connect();
    expect(await answer("diagnose_run", { name: "gate" })).toMatchObject({
      verdict: "waiting_for_person",
      summary: "The run waits for a person to answer approve (c0).",
    });
    expect(await answer("diagnose_run", { name: "slow" })).toMatchObject({ verdict: "not_ended" });
    await runs.abortRun({ runId: { ...scope, name: "slow" }, reason: "wrong data" });
    expect(await answer("diagnose_run", { name: "slow" })).toMatchObject({
      verdict: "aborted",
      summary: "The run was aborted: wrong data.",
    });
    expect(await answer("diagnose_run", { name: "fine" })).toMatchObject({ verdict: "succeeded" });
  });

  it("offers near names for a run that is not there", async () => {
    await ended({ name: "here", task: "seed.fail", inputs: message("boom") });
    const { failure } = await connect();
    expect(await failure("diagnose_run", { name: "hera" })).toContain('Did you mean "here"');
  });
});

describe("the first failure of a run", () => {
  it("is told by get_run and wait_for_run, and left out where the root failed by itself", async () => {
    await ended({ name: "first", task: "seed.fan_fail", inputs: number("n", 1n) });
    await ended({ name: "alone", task: "seed.fail", inputs: message("boom") });
    const { answer } = await connect();
    const first_failure = { action: "c1", task: "seed.fail", message: "inner cause" };
    expect(await answer("get_run", { name: "first" })).toMatchObject({ first_failure });
    expect(await answer("wait_for_run", { name: "first" })).toMatchObject({ first_failure });
    expect(await answer("get_run", { name: "alone" })).not.toHaveProperty("first_failure");
  });
});
