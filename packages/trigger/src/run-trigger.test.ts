import { createClient, createRouterTransport } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { fromNamedLiterals } from "@flyte-mcp/literals";
import { createSandbox } from "@flyte-mcp/sandbox";
import { trigger } from "./index.ts";

const scope = { project: "flytesnacks", domain: "development" };
const nightly = { task_name: "seed.add", trigger_name: "nightly" };
const rate = { task_name: "seed.add", trigger_name: "every-two-hours" };
const onDemand = { task_name: "seed.fan_out", trigger_name: "on-demand" };

async function open(policy = {}) {
  const sandbox = createSandbox({ execute: false });
  const client = await connectClient({ groups: [trigger], flyte: playFlyte(sandbox.routes), policy });
  const transport = createRouterTransport(sandbox.routes);
  const launches = () => sandbox.calls().filter(({ procedure }) => procedure.endsWith("/CreateRun")).length;
  /** What the plane knows of a run. */
  const read = async (name: unknown) => {
    const run = { ...scope, name: String(name) };
    const { details } = await createClient(RunService, transport).getRunDetails({ runId: run });
    const { inputs } = await createClient(DataProxyService, transport).getActionData({
      actionId: { run, name: "a0" },
    });
    return {
      inputs: fromNamedLiterals(inputs?.literals ?? []).values,
      trigger: details?.action?.metadata?.triggerName,
      runSpec: details?.runSpec,
    };
  };
  return { ...client, sandbox, launches, read };
}

describe("run_trigger", () => {
  it("launches what the trigger would, with its inputs and options", async () => {
    const { answer, read } = await open();
    const answered = await answer("run_trigger", nightly);
    expect(answered).toEqual({
      name: expect.stringMatching(/^r[a-z0-9]{19}$/),
      project: "flytesnacks",
      domain: "development",
      trigger: "nightly",
      task: "seed.add",
      version: "v2",
      url: `http://console.test/v2/domain/development/project/flytesnacks/runs/${String(answered["name"])}`,
    });
    expect(await read(answered["name"])).toMatchObject({
      inputs: { a: 40, b: 2 },
      trigger: "nightly",
      runSpec: { labels: { values: { team: "data" } } },
    });
  });

  it("changes inputs by name, and lays options over those of the trigger", async () => {
    const { answer, read } = await open();
    const changes = { inputs: { a: 1 }, labels: { by: "hand" }, env_vars: { LEVEL: "debug" } };
    const { name } = await answer("run_trigger", { ...nightly, ...changes });
    expect(await read(name)).toMatchObject({
      inputs: { a: 1, b: 2 },
      runSpec: {
        labels: { values: { team: "data", by: "hand" } },
        envs: { values: [{ key: "LEVEL", value: "debug" }] },
      },
    });
  });

  it("launches a paused trigger, which stays paused, by its inputs as they lie in the store", async () => {
    const { answer, read } = await open();
    const { name, message } = await answer("run_trigger", rate);
    expect(message).toBe("The trigger is paused and stays so; this run does not depend on it.");
    expect((await read(name)).inputs).toEqual({ a: 7, b: 5 });
    expect(await answer("get_trigger", rate)).toMatchObject({ active: false });
  });

  it("launches one without automation, and does not call it paused", async () => {
    const { answer, read } = await open();
    await answer("deactivate_trigger", onDemand);
    const answered = await answer("run_trigger", onDemand);
    expect(answered).not.toHaveProperty("message");
    expect((await read(answered["name"])).inputs).toEqual({ n: 2 });
  });

  it("asks for all inputs where those in the store cannot be read", async () => {
    const { answer, failure, launches, read } = await open();
    expect(await failure("run_trigger", { ...rate, inputs: { a: 1 } })).toMatch(
      /No run was created.*b: missing required input of type int\. The inputs of the trigger cannot be read: They lie at s3:.* Give all inputs, or none to use those\./,
    );
    expect(launches()).toBe(0);
    const { name } = await answer("run_trigger", { ...rate, inputs: { a: 1, b: 3 } });
    expect((await read(name)).inputs).toEqual({ a: 1, b: 3 });
  });

  it("reads inputs in the store from an earlier run that was given them", async () => {
    const { answer, read } = await open();
    await answer("run_trigger", { ...rate, inputs: { a: 1, b: 1 } });
    await answer("run_trigger", rate);
    await answer("run_trigger", { ...rate, inputs: { a: 2, b: 2 } });
    const { name } = await answer("run_trigger", { ...rate, inputs: { a: 100 } });
    expect((await read(name)).inputs).toEqual({ a: 100, b: 5 });
  });

  it("shows in a dry run what would be sent, and sends nothing", async () => {
    const { answer, launches } = await open();
    expect(await answer("run_trigger", { ...nightly, inputs: { b: 9 }, dry_run: true })).toMatchObject({
      dry_run: true,
      inputs: { a: 40, b: 9 },
      run_spec: { labels: { values: { team: "data" } } },
    });
    expect(await answer("run_trigger", { ...rate, dry_run: true })).toMatchObject({ inputs: null });
    expect(launches()).toBe(0);
  });

  it("makes one run for a key or name, and refuses it for another launch", async () => {
    const { answer, failure, launches } = await open();
    const once = { ...nightly, inputs: { a: 1 }, idempotency_key: "order-7" };
    const { name } = await answer("run_trigger", once);
    expect(await answer("run_trigger", once)).toMatchObject({ name, already_exists: true });
    expect(await failure("run_trigger", { ...once, inputs: { a: 2 } })).toContain("is of something else");
    expect(await failure("run_trigger", { ...nightly, run_name: "demo-add-1" })).toBe(
      "Nothing was launched: run demo-add-1 exists, and is of something else. " +
        "Use another run_name or idempotency_key. [already_exists]",
    );
    expect(launches()).toBe(1);
  });

  it.each([
    [
      { ...nightly, inputs: { a: "x", bb: 1 } },
      /a: .*; bb: unknown input, did you mean b\?.*seed\.add\(a: int/,
    ],
    [{ ...nightly, trigger_name: "nigthly" }, /There is no trigger "nigthly".* Did you mean "nightly"\?/],
    [{ ...nightly, task_name: "seed.ad" }, /There is one of that name of task "seed\.add"\./],
    [{ ...nightly, project: "flytesnack" }, /There is no project "flytesnack"/],
    [{ ...nightly, run_name: "Bad_Name" }, /run_name: a run name has/],
    [{ ...nightly, run_name: "a", idempotency_key: "b" }, /exclude each other/],
  ])("launches nothing for %j", async (args, message) => {
    const { failure, launches } = await open();
    expect(await failure("run_trigger", args)).toMatch(message);
    expect(launches()).toBe(0);
  });

  it.each([
    [
      { triggers: ["every-two-hours"] },
      "Trigger seed.add/nightly is not on this server's trigger allowlist.",
    ],
    [
      { tasks: ["seed.slow"] },
      "Task development/flytesnacks/seed.add is not on this server's task allowlist.",
    ],
    [{ triggers: ["seed.add/nightly"], tasks: [] }, "is not on this server's task allowlist."],
  ])("is held to the lists of triggers and of tasks: %j", async (policy, message) => {
    const { failure, sandbox } = await open(policy);
    expect(await failure("run_trigger", nightly)).toContain(message);
    expect(sandbox.calls()).toEqual([]);
  });

  it("launches what is on both lists", async () => {
    const { answer, read } = await open({ triggers: ["nightly"], tasks: ["flytesnacks/seed.add"] });
    const { name } = await answer("run_trigger", { ...nightly, run_name: "allowed" });
    expect(await read(name)).toMatchObject({ trigger: "nightly" });
  });
});
