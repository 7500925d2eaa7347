import { createClient, createRouterTransport } from "@connectrpc/connect";
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
