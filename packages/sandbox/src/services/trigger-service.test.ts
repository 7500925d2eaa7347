import { createClient, createRouterTransport } from "@connectrpc/connect";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "../create.ts";
import { readSeedSpec } from "../seed/specs.ts";

const sandbox = createSandbox({ execute: false, history: false });
const transport = createRouterTransport(sandbox.routes);
const tasks = createClient(TaskService, transport);
const triggers = createClient(TriggerService, transport);
const runs = createClient(RunService, transport);
afterAll(() => sandbox.close());

const SCOPE = { project: "flytesnacks", domain: "development" };
const taskId = { ...SCOPE, name: "seed.add", version: "v2" };
const name = { ...SCOPE, name: "nightly", taskName: "seed.add" };
const cron = (expression: string) =>
  ({
    automation: { case: "schedule", value: { expression: { case: "cron", value: { expression } } } },
  }) as const;

function deploy(trigger: string, expression = "0 3 * * *") {
  const automationSpec = cron(expression);
  const spec = readSeedSpec("seed.add");
  return tasks.deployTask({
    taskId,
    spec,
    triggers: [{ name: trigger, spec: { active: true }, automationSpec }],
  });
}

it("stores the triggers that come with a task and drops those that no longer do", async () => {
  await deploy("weekly");
  await deploy("nightly");
  const { triggers: listed } = await triggers.listTriggers({
    scopeBy: { case: "taskName", value: { ...SCOPE, name: "seed.add" } },
  });
  expect(listed.map(({ id }) => [id?.name?.name, id?.revision])).toEqual([["nightly", 1n]]);
  const { details } = await tasks.getTaskDetails({ taskId });
  expect(details?.metadata?.triggersSummary?.summary).toMatchObject({
    case: "details",
    value: { name: "nightly", active: true },
  });
});

it("stores nothing of a task whose trigger has a bad schedule", async () => {
  await expect(deploy("broken", "never")).rejects.toThrow(
    '[invalid_argument] trigger "broken" has invalid cron expression: invalid cron expression "never": expected exactly 5 fields, found 1: [never]',
  );
});

it("refuses to overwrite a revision that is not the present one", async () => {
  const spec = { taskVersion: "v2" };
  await expect(
    triggers.deployTrigger({ name, spec, automationSpec: cron("0 4 * * *"), revision: 7n }),
  ).rejects.toThrow("[internal] optimistic lock failure");
  const { trigger } = await triggers.deployTrigger({
    name,
    spec,
    automationSpec: cron("0 4 * * *"),
    revision: 1n,
  });
  expect(trigger?.id?.revision).toBe(2n);
});

it("shows any revision", async () => {
  const { trigger } = await triggers.getTriggerRevisionDetails({ id: { name, revision: 1n } });
  expect(trigger?.spec?.active).toBe(true);
  await expect(triggers.getTriggerRevisionDetails({ id: { name, revision: 9n } })).rejects.toThrow(
    "[not_found] trigger revision not found: flytesnacks/development/seed.add/nightly@9: sql: no rows in result set",
  );
});

it("launches a run that remembers its trigger", async () => {
  await runs.createRun({
    id: { case: "runId", value: { ...SCOPE, name: "launched" } },
    task: { case: "triggerName", value: name },
  });
  const { runs: launched } = await runs.listRuns({ scopeBy: { case: "triggerName", value: name } });
  expect(launched.map(({ action }) => [action?.id?.run?.name, action?.metadata?.triggerName])).toEqual([
    ["launched", "nightly"],
  ]);
  const { trigger } = await triggers.getTriggerDetails({ name });
  expect(trigger?.status?.triggeredAt).toBeDefined();
});

it("begins with a trigger of each kind, when it begins with a history", async () => {
  const seeded = createSandbox({ execute: false });
  const client = createClient(TriggerService, createRouterTransport(seeded.routes));
  const scopeBy = { case: "projectId", value: { name: SCOPE.project, domain: SCOPE.domain } } as const;
  const { triggers: listed } = await client.listTriggers({ scopeBy });
  const shown = listed.map(({ id, active, automationSpec }) => [
    id?.name?.name,
    active,
    automationSpec?.automation.case,
  ]);
  expect(shown).toEqual([
    ["on-demand", true, undefined],
    ["nightly", true, "schedule"],
    ["every-two-hours", false, "schedule"],
  ]);
  await seeded.close();
});

describe("a run by a trigger that is sent without inputs and options", () => {
  const seeded = createSandbox({ execute: false });
  const client = createRouterTransport(seeded.routes);
  afterAll(() => seeded.close());

  async function launch(trigger: string, runSpec?: { queue: string }) {
    const run = { ...SCOPE, name: `by-${trigger}${runSpec ? "-2" : ""}` };
    const task = { case: "triggerName", value: { ...SCOPE, name: trigger, taskName: "seed.add" } } as const;
    await createClient(RunService, client).createRun({ id: { case: "runId", value: run }, task, runSpec });
    const { inputs } = await createClient(DataProxyService, client).getActionData({
      actionId: { run, name: "a0" },
    });
    const { details } = await createClient(RunService, client).getRunDetails({ runId: run });
    return { names: inputs?.literals.map(({ name: key }) => key), runSpec: details?.runSpec };
  }

  it("gets the trigger's inputs only where they lie in the store", async () => {
    expect((await launch("every-two-hours")).names).toEqual(["a", "b"]);
    expect((await launch("nightly")).names).toEqual(["b"]);
  });

  it("gets the trigger's options only where the request has none at all", async () => {
    expect((await launch("nightly")).runSpec?.labels?.values).toEqual({ team: "data" });
    expect((await launch("nightly", { queue: "q" })).runSpec?.labels).toBeUndefined();
  });
});
