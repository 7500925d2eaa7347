import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { createSandbox } from "./create.ts";
import type { SandboxOptions } from "./options.ts";

const scope = { case: "projectId", value: { name: "flytesnacks", domain: "development" } } as const;

function open(options: SandboxOptions) {
  const sandbox = createSandbox(options);
  const transport = createRouterTransport(sandbox.routes);
  const clients = {
    projects: createClient(ProjectService, transport),
    tasks: createClient(TaskService, transport),
    runs: createClient(RunService, transport),
    data: createClient(DataProxyService, transport),
  };
  return { sandbox, ...clients };
}

it("begins with projects, tasks and a history", async () => {
  const { sandbox, projects, tasks, runs } = open({});
  const listed = await projects.listProjects({});
  expect(listed.projects?.projects.map(({ id }) => id)).toEqual(["flytesnacks", "testproject"]);
  const { tasks: deployed } = await tasks.listTasks({ scopeBy: scope });
  expect(deployed.map(({ taskId }) => `${taskId?.name}@${taskId?.version}`).sort()).toEqual([
    "payroll.pay@v2",
    "pulls.never@v2",
    "sandbox.ask@v1",
    "seed.add@v2",
    "seed.chatty@v2",
    "seed.everything@v2",
    "seed.fail@v2",
    "seed.fan_fail@v2",
    "seed.fan_out@v2",
    "seed.flaky@v2",
    "seed.gate@v2",
    "seed.slow@v2",
  ]);
  const { runs: past } = await runs.listRuns({ scopeBy: scope });
  const phases = past.map(
    ({ action }) => `${action?.id?.run?.name} ${ActionPhase[action?.status?.phase ?? 0]}`,
  );
  expect(phases).toEqual([
    "demo-gate-1 RUNNING",
    "demo-add-4 SUCCEEDED",
    "demo-fan-1 SUCCEEDED",
    "demo-add-3 SUCCEEDED",
    "demo-pay-1 SUCCEEDED",
    "demo-add-2 SUCCEEDED",
    "demo-add-1 SUCCEEDED",
    "demo-fail-2 FAILED",
    "demo-pull-1 FAILED",
    "demo-fan-2 FAILED",
    "demo-flaky-1 FAILED",
    "demo-fail-1 FAILED",
    "demo-slow-2 ABORTED",
    "demo-slow-1 ABORTED",
  ]);
  await sandbox.close();
});

it("has outputs and children for the runs of its history", async () => {
  const { sandbox, runs, data } = open({ execute: false });
  const runId = { project: "flytesnacks", domain: "development", name: "demo-fan-1" };
  const { outputs } = await data.getActionData({ actionId: { run: runId, name: "a0" } });
  expect(outputs?.literals.map(({ name }) => name)).toEqual(["o0"]);
  const { actions } = await runs.listActions({ runId });
  expect(actions.map(({ id }) => id?.name).sort()).toEqual(["a0", "c0", "c1", "c2"]);
  const paused = await runs.listRuns({ scopeBy: scope, pausedActionsOnly: true });
  expect(paused.runs.map(({ action }) => action?.id?.run?.name)).toEqual(["demo-gate-1"]);
  await sandbox.close();
});

it("goes on with the paused run of its history once it is signalled", async () => {
  const { sandbox, runs, data } = open({ paceMs: 5 });
  const run = { project: "flytesnacks", domain: "development", name: "demo-gate-1" };
  const payload = { value: { case: "boolValue", value: true } } as const;
  await runs.signalEvent({ actionId: { run, name: "c0" }, parentActionName: "a0", payload });
  for await (const { details } of runs.watchActionDetails({ actionId: { run, name: "a0" } }))
    if (details?.attempts.at(-1)?.phase === ActionPhase.SUCCEEDED) break;
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { outputs } = await data.getActionData({ actionId: { run, name: "a0" } });
  expect(outputs?.literals).toHaveLength(1);
  await sandbox.close();
});

it("is empty without a seed", async () => {
  const { sandbox, projects, runs } = open({ seed: false });
  expect((await projects.listProjects({})).projects?.projects).toEqual([]);
  expect((await runs.listRuns({ scopeBy: scope })).runs).toEqual([]);
  await sandbox.close();
});

it("logs every call that reaches it", async () => {
  const { sandbox, projects, runs } = open({});
  expect(sandbox.calls()).toEqual([]);
  await projects.listProjects({});
  await expect(runs.getRunDetails({})).rejects.toThrow("not_found");
  expect(sandbox.calls()).toEqual([
    { procedure: "flyteidl2.project.ProjectService/ListProjects" },
    { procedure: "flyteidl2.workflow.RunService/GetRunDetails" },
  ]);
  await sandbox.close();
});

it("ends open streams when it is closed", async () => {
  const { sandbox, runs } = open({});
  const stream = runs.watchRuns({ target: scope })[Symbol.asyncIterator]();
  expect((await stream.next()).done).toBe(false);
  const next = stream.next();
  await sandbox.close();
  expect((await next).done).toBe(true);
});

describe("with a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("finds at the next start what it knew before", async () => {
    const file = join(folder, "state.json");
    const first = open({ file, execute: false });
    await first.projects.createProject({ project: { id: "kept", name: "Kept" } });
    const value = { project: "flytesnacks", domain: "development", name: "kept-run" };
    const taskId = { project: "flytesnacks", domain: "development", name: "seed.add", version: "v1" };
    await first.runs.createRun({ id: { case: "runId", value }, task: { case: "taskId", value: taskId } });
    const before = await first.runs.getRunDetails({ runId: value });
    await first.sandbox.close();
    expect(readdirSync(folder)).toEqual(["state.json"]);

    const second = open({ file, execute: false });
    expect((await second.projects.getProject({ id: "kept" })).project?.name).toBe("Kept");
    expect(await second.runs.getRunDetails({ runId: value })).toEqual(before);
    expect((await second.runs.listRuns({ scopeBy: scope })).runs).toHaveLength(15);
    await second.sandbox.close();
  });

  it("goes on with a run that was under way", async () => {
    const file = join(folder, "running.json");
    const run = { project: "flytesnacks", domain: "development", name: "under-way" };
    const value = { project: "flytesnacks", domain: "development", name: "seed.flaky", version: "v1" };
    const first = open({ file, paceMs: 20, history: false });
    await first.runs.createRun({ id: { case: "runId", value: run }, task: { case: "taskId", value } });
    await first.sandbox.close();
    const second = open({ file, paceMs: 5 });
    let attempts = 0;
    for await (const { details } of second.runs.watchActionDetails({ actionId: { run, name: "a0" } }))
      attempts = details?.attempts.length ?? 0;
    expect(attempts).toBe(3);
    await second.sandbox.close();
  });

  it("reads a file that was written before it kept the hashes of uploads", async () => {
    const file = join(folder, "earlier.json");
    await open({ file, history: false }).sandbox.close();
    const written = readFileSync(file, "utf8");
    expect(written).toContain(',"digests":{}');
    writeFileSync(file, written.replace(',"digests":{}', ""));
    const later = open({ file });
    await later.sandbox.close();
    expect(readFileSync(file, "utf8")).toBe(written);
  });

  it("refuses a file that is not its own", () => {
    const file = join(folder, "other.json");
    writeFileSync(file, JSON.stringify({ version: 7 }));
    expect(() => createSandbox({ file })).toThrow("is not a state file of this sandbox (version 7)");
  });
});
