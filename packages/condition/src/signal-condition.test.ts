import { setTimeout as pause } from "node:timers/promises";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "@flyte-mcp/sandbox";
import { condition } from "./index.ts";

const SCOPE = { project: "flytesnacks", domain: "development" };
const sandbox = createSandbox({ paceMs: 5 });
const runs = createClient(RunService, createRouterTransport(sandbox.routes));
afterAll(() => sandbox.close());

const connect = (policy = {}) =>
  connectClient({ groups: [condition], flyte: playFlyte(sandbox.routes), policy });

const signalsSince = (count: number) =>
  sandbox
    .calls()
    .slice(count)
    .filter(({ procedure }) => procedure.endsWith("/SignalEvent")).length;

/** Starts a run and waits until it asks `questions` things. */
async function start(name: string, task: string, version: string, questions: number): Promise<void> {
  const value = { ...SCOPE, name: task, version };
  await runs.createRun({ id: { case: "runId", value: { ...SCOPE, name } }, task: { case: "taskId", value } });
  const { answer } = await connect();
  for (;;) {
    const asked = (await answer("list_conditions", { run_name: name, waiting_only: true })) as {
      conditions: unknown[];
    };
    if (asked.conditions.length === questions) return;
    await pause(5);
  }
}

describe("signal_condition", () => {
  it("lets a run go on, found by the declared name, and once only", async () => {
    await start("gate", "seed.gate", "v2", 1);
    const { answer, failure } = await connect();
    const told = { run_name: "gate", name: "approve", action_name: "c0", value: true, phase: "succeeded" };
    const args = { run_name: "gate", name: "approve" };
    expect(await answer("signal_condition", { ...args, value: true })).toEqual({ ...told, signaled: true });
    const before = sandbox.calls().length;
    expect(await answer("signal_condition", { ...args, value: "yes" })).toEqual({
      ...told,
      signaled: false,
      already_answered: true,
    });
    expect(await failure("signal_condition", { ...args, value: false })).toBe(
      'Condition "approve" of run "gate" was answered with true already; an answer counts once. ' +
        "Nothing was sent. list_conditions shows what still waits. [failed_precondition]",
    );
    expect(signalsSince(before)).toBe(0);
  });

  it("answers a condition of each type, and refuses a value of another before anything is sent", async () => {
    await start("asks", "sandbox.ask", "v1", 4);
    const { answer, failure } = await connect();
    const before = sandbox.calls().length;
    const refused: [string, unknown, string][] = [
      ["approve", 1, "it must be true or false"],
      ["count", 1.5, "it must be a whole number of 64 bits, beyond 2^53 as a text"],
      ["rate", true, "it must be a finite number"],
    ];
    for (const [name, value, reason] of refused)
      expect(await failure("signal_condition", { run_name: "asks", name, value })).toContain(reason);
    expect(await failure("signal_condition", { run_name: "asks", name: "count", value: [1] })).toContain(
      "value: ",
    );
    expect(signalsSince(before)).toBe(0);
    const given: [string, unknown, unknown][] = [
      ["approve", false, false],
      ["count", "9007199254740993", "9007199254740993"],
      ["rate", 2, 2],
      ["label", 7, "7"],
    ];
    for (const [name, value, told] of given)
      expect(await answer("signal_condition", { run_name: "asks", name, value })).toMatchObject({
        name,
        value: told,
        signaled: true,
        phase: "succeeded",
      });
    const { conditions } = (await answer("list_conditions", { run_name: "asks" })) as {
      conditions: { name: string; answer: unknown }[];
    };
    const answers = Object.fromEntries(conditions.map((row) => [row.name, row.answer]));
    expect(answers).toEqual(Object.fromEntries(given.map(([name, , told]) => [name, told])));
  });

  it("says which conditions there are when none has that name", async () => {
    await start("near", "seed.gate", "v2", 1);
    const { failure } = await connect();
    expect(await failure("signal_condition", { run_name: "near", name: "aprove", value: true })).toBe(
      'Run "near" has no condition "aprove". Did you mean "approve"? It waits at approve. [not_found]',
    );
    expect(await failure("signal_condition", { run_name: "nearr", name: "approve", value: true })).toContain(
      'There is no run "nearr" in flytesnacks/development. Did you mean "near"',
    );
    expect(await failure("signal_condition", { run_name: "demo-add-1", name: "x", value: true })).toContain(
      "None of its conditions waits.",
    );
  });

  it("sends nothing for a condition of a type that is not the given one", async () => {
    await start("typed", "seed.gate", "v2", 1);
    const { failure } = await connect();
    const args = { run_name: "typed", name: "approve", value: true, type: "str" };
    expect(await failure("signal_condition", args)).toContain(
      'Condition "approve" is of type bool, not str. Nothing was sent; leave type out.',
    );
  });

  it("cannot answer for the run of a task that is off the allowlist", async () => {
    await start("closed", "seed.gate", "v2", 1);
    const { failure } = await connect({ tasks: ["seed.add"] });
    const before = sandbox.calls().length;
    for (const name of ["approve", "c0"])
      expect(await failure("signal_condition", { run_name: "closed", name, value: true })).toContain(
        "seed.gate is not on this server's task allowlist",
      );
    expect(await failure("list_conditions", { run_name: "closed" })).toContain("allowlist");
    const reached = sandbox.calls().slice(before);
    expect(reached.filter(({ procedure }) => !procedure.endsWith("/GetRunDetails"))).toEqual([]);
    const open = await connect({ tasks: ["seed.gate"] });
    expect(
      await open.answer("signal_condition", { run_name: "closed", name: "c0", value: true }),
    ).toMatchObject({ signaled: true });
  });

  it("is a write that is neither destructive nor repeatable", async () => {
    const { client } = await connect();
    const { tools } = await client.listTools();
    expect(tools.find(({ name }) => name === "signal_condition")?.annotations).toMatchObject({
      readOnlyHint: false,
      destructiveHint: false,
      idempotentHint: false,
    });
  });
});
