import { AppService } from "@flyte-mcp/idl/app/app_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { ToolContext } from "../contract.ts";
import type { Policy } from "../policy.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

const scope = { org: "", project: "p", domain: "d" };
const projectId = { case: "projectId", value: { organization: "", name: "p", domain: "d" } } as const;

const tasks = ["etl.load", "etl.drop"].map((name) => ({ taskId: { ...scope, name, version: "v1" } }));
const runs = [
  ...["etl.load", "etl.drop"].map((name) => ({
    action: {
      id: { run: { ...scope, name: `run-of-${name}` }, name: "a0" },
      metadata: { spec: { case: "task", value: { id: { ...scope, name } } } as const },
    },
  })),
  { action: { id: { run: { ...scope, name: "run-of-unknown" }, name: "a0" } } },
];
const triggers = [
  ["etl.load", "nightly"],
  ["etl.load", "hourly"],
  ["etl.drop", "nightly"],
].map(([taskName, name]) => ({ id: { name: { ...scope, taskName, name } } }));
const app = (name: string) => ({ metadata: { id: { ...scope, name } } });
const groupRows = ["etl.load", "etl.drop"].map((taskName) => ({ taskName }));

const flyte = playFlyte(({ service }) => {
  service(TaskService, { listTasks: () => ({ tasks, token: "next" }) });
  service(RunService, {
    listRuns: () => ({ runs }),
    async *watchRuns() {
      yield await Promise.resolve({ runs });
    },
    async *watchGroups() {
      yield await Promise.resolve({ taskGroups: groupRows });
    },
  });
  service(TriggerService, { listTriggers: () => ({ triggers }) });
  service(AppService, {
    list: () => ({ apps: [app("shop"), app("bank"), {}], totalCount: 3n }),
    async *watch() {
      await Promise.resolve();
      yield { event: { case: "createEvent", value: { app: app("shop") } } };
      yield { event: { case: "createEvent", value: { app: app("bank") } } };
      yield { event: { case: "updateEvent", value: { updatedApp: app("bank"), oldApp: app("bank") } } };
      yield { event: { case: "deleteEvent", value: { app: app("bank") } } };
      yield { event: { case: "deleteEvent", value: { app: app("shop") } } };
    },
  });
});

type Read = (context: ToolContext) => Promise<string[]>;

async function rowsUnder(policy: Policy, read: Read): Promise<unknown> {
  const tool = defineTool({
    name: "probe",
    title: "Probe",
    description: "Lists.",
    effect: "read",
    input: z.object({}),
    output: z.object({ rows: z.array(z.string()) }),
    run: async (_input, context) => ({ rows: await read(context) }),
  });
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
  const client = await connectClient({ groups, flyte, policy });
  return (await client.answer("probe"))["rows"];
}

const readTasks: Read = async ({ flyte: open }) => {
  const { tasks: found, token } = await open(TaskService).listTasks({ scopeBy: projectId });
  return [...found.map((task) => task.taskId?.name ?? ""), token];
};
const readRuns: Read = async ({ flyte: open }) => {
  const { runs: found } = await open(RunService).listRuns({ scopeBy: projectId });
  return found.map((run) => run.action?.id?.run?.name ?? "");
};
const watchRuns: Read = async ({ flyte: open }) => {
  const found: string[] = [];
  for await (const { runs: some } of open(RunService).watchRuns({})) {
    found.push(...some.map((run) => run.action?.id?.run?.name ?? ""));
  }
  return found;
};
const watchGroups: Read = async ({ flyte: open }) => {
  const found: string[] = [];
  for await (const { taskGroups } of open(RunService).watchGroups({ scopeBy: projectId })) {
    found.push(...taskGroups.map(({ taskName }) => taskName));
  }
  return found;
};
const readTriggers: Read = async ({ flyte: open }) => {
  const { triggers: found } = await open(TriggerService).listTriggers({ scopeBy: projectId });
  return found.map((row) => `${row.id?.name?.taskName}/${row.id?.name?.name}`);
};
const readApps: Read = async ({ flyte: open }) => {
  const { apps } = await open(AppService).list({});
  return apps.map((row) => row.metadata?.id?.name ?? "");
};
const watchApps: Read = async ({ flyte: open }) => {
  const found: string[] = [];
  for await (const { event } of open(AppService).watch({})) {
    const row = event.case === "updateEvent" ? event.value.updatedApp : event.value?.app;
    found.push(`${event.case} ${row?.metadata?.id?.name}`);
  }
  return found;
};

const TASKS = { tasks: ["etl.load"] };

describe("rows of a list", () => {
  it.each<[string, Read, Policy, string[], string[]]>([
    ["tasks", readTasks, TASKS, ["etl.load", "next"], ["etl.load", "etl.drop", "next"]],
    ["runs", readRuns, TASKS, ["run-of-etl.load"], ["run-of-etl.load", "run-of-etl.drop", "run-of-unknown"]],
    [
      "watched runs",
      watchRuns,
      TASKS,
      ["run-of-etl.load"],
      ["run-of-etl.load", "run-of-etl.drop", "run-of-unknown"],
    ],
    ["watched groups of runs", watchGroups, TASKS, ["etl.load"], ["etl.load", "etl.drop"]],
    [
      "triggers by task",
      readTriggers,
      TASKS,
      ["etl.load/nightly", "etl.load/hourly"],
      ["etl.load/nightly", "etl.load/hourly", "etl.drop/nightly"],
    ],
    [
      "triggers by name",
      readTriggers,
      { triggers: ["nightly"] },
      ["etl.load/nightly", "etl.drop/nightly"],
      ["etl.load/nightly", "etl.load/hourly", "etl.drop/nightly"],
    ],
    ["apps", readApps, { apps: ["shop"] }, ["shop"], ["shop", "bank", ""]],
    [
      "watched apps",
      watchApps,
      { apps: ["shop"] },
      ["createEvent shop", "deleteEvent shop"],
      ["createEvent shop", "createEvent bank", "updateEvent bank", "deleteEvent bank", "deleteEvent shop"],
    ],
  ])("of %s show what may be touched", async (_what, read, policy, shown, all) => {
    expect(await rowsUnder(policy, read)).toEqual(shown);
    expect(await rowsUnder({}, read)).toEqual(all);
  });

  it("of apps are not counted where some are hidden", async () => {
    const count: Read = async ({ flyte: open }) => [String((await open(AppService).list({})).totalCount)];
    expect(await rowsUnder({ apps: ["shop"] }, count)).toEqual(["0"]);
    expect(await rowsUnder({}, count)).toEqual(["3"]);
  });

  it("hold both lists at once", async () => {
    const policy = { tasks: ["etl.load"], triggers: ["nightly"] };
    expect(await rowsUnder(policy, readTriggers)).toEqual(["etl.load/nightly"]);
  });

  it("of groups of runs, which name no project, show only what a bare entry allows", async () => {
    expect(await rowsUnder({ tasks: ["p/etl.load"] }, watchGroups)).toEqual([]);
  });
});
