import { AppLogsService } from "@flyte-mcp/idl/app/app_logs_service";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { ClusterService } from "@flyte-mcp/idl/cluster/service";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
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
const taskId = (name: string) => ({ ...scope, name, version: "v1" });
const trigger = (name: string, taskName: string) => ({ ...scope, name, taskName });

type Call = (context: ToolContext, name: string) => unknown;

/** What a destructive tool that calls Flyte thus is told under a policy, and what reached Flyte. */
async function attempt(policy: Policy, call: Call, name = ""): Promise<{ text: string; seen: string[] }> {
  const seen: string[] = [];
  const see = (rpc: string) => () => {
    seen.push(rpc);
    return {};
  };
  async function* seeStream() {
    seen.push("AppLogs.TailLogs");
    yield await Promise.resolve({});
  }
  const flyte = playFlyte(({ service }) => {
    service(RunService, { createRun: see("CreateRun"), listRuns: see("ListRuns") });
    service(TaskService, { getTaskDetails: see("GetTaskDetails"), deployTask: see("DeployTask") });
    service(TriggerService, { updateTriggers: see("UpdateTriggers"), deployTrigger: see("DeployTrigger") });
    service(AppService, { get: see("App.Get"), update: see("App.Update") });
    service(AppLogsService, { tailLogs: seeStream });
    service(DataProxyService, { createDownloadLink: see("CreateDownloadLink") });
    service(ClusterService, { selectCluster: see("SelectCluster") });
  });
  const tool = defineTool({
    name: "probe",
    title: "Probe",
    description: "Calls Flyte.",
    effect: "destructive",
    // The guard goes by message types: what a tool calls its arguments is nothing to it.
    input: z.object({ workflow: z.string().optional() }),
    output: z.object({ text: z.string() }),
    async run(_input, context) {
      await call(context, name);
      return { text: "done" };
    },
  });
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
  const { client } = await connectClient({ groups, flyte, policy });
  const result = await client.callTool({ name: "probe", arguments: { workflow: "etl.load" } });
  const [content] = result.content as { text: string }[];
  return { text: content?.text ?? "", seen };
}

async function drain(messages: AsyncIterable<unknown>): Promise<void> {
  for await (const message of messages) if (message === undefined) throw new Error("empty");
}

const CALLS: [what: string, call: Call, rpc: string][] = [
  [
    "a task by its id",
    ({ flyte }, name) => flyte(TaskService).getTaskDetails({ taskId: taskId(name) }),
    "GetTaskDetails",
  ],
  [
    "a run of a task",
    ({ flyte }, name) => flyte(RunService).createRun({ task: { case: "taskId", value: taskId(name) } }),
    "CreateRun",
  ],
  [
    "a run of a task given whole",
    ({ flyte }, name) =>
      flyte(RunService).createRun({
        task: { case: "taskSpec", value: { taskTemplate: { id: taskId(name) } } },
      }),
    "CreateRun",
  ],
  [
    "a run by a trigger",
    ({ flyte }, name) =>
      flyte(RunService).createRun({ task: { case: "triggerName", value: trigger("t", name) } }),
    "CreateRun",
  ],
  [
    "the runs of a task",
    ({ flyte }, name) =>
      flyte(RunService).listRuns({ scopeBy: { case: "taskName", value: { ...scope, name } } }),
    "ListRuns",
  ],
  [
    "triggers in a list",
    ({ flyte }, name) =>
      flyte(TriggerService).updateTriggers({ names: [trigger("a", "etl.load"), trigger("b", name)] }),
    "UpdateTriggers",
  ],
  [
    "the deployment of a task",
    ({ flyte }, name) =>
      flyte(TaskService).deployTask({
        taskId: taskId(name),
        spec: { taskTemplate: { id: taskId(name) } },
      }),
    "DeployTask",
  ],
  [
    "a download of a task's code",
    ({ flyte }, name) =>
      flyte(DataProxyService).createDownloadLink({ source: { case: "taskId", value: taskId(name) } }),
    "CreateDownloadLink",
  ],
  [
    "the cluster of a task",
    ({ flyte }, name) =>
      flyte(ClusterService).selectCluster({ resource: { case: "taskId", value: taskId(name) } }),
    "SelectCluster",
  ],
];

const HINT = "The operator of this MCP server set this limit. [permission_denied]";

describe("a task allowlist", () => {
  it.each(CALLS)("holds %s to the list", async (_what, call, rpc) => {
    const policy = { tasks: ["p/etl.load"] };
    expect(await attempt(policy, call, "etl.load")).toEqual({ text: '{"text":"done"}', seen: [rpc] });
    expect(await attempt(policy, call, "etl.drop")).toEqual({
      text: `Task d/p/etl.drop is not on this server's task allowlist. ${HINT}`,
      seen: [],
    });
  });

  it("refuses code that names no task", async () => {
    const { text, seen } = await attempt({ tasks: ["etl.load"] }, ({ flyte }) =>
      flyte(RunService).createRun({ task: { case: "taskSpec", value: { taskTemplate: {} } } }),
    );
    expect(text).toMatch(/is not on this server's task allowlist/);
    expect(seen).toEqual([]);
  });
});

describe("an app allowlist", () => {
  const app = (name: string) => ({ ...scope, name });
  const calls: [string, Call, string][] = [
    [
      "an app by its id",
      ({ flyte }, name) => flyte(AppService).get({ identifier: { case: "appId", value: app(name) } }),
      "App.Get",
    ],
    [
      "an app in the app itself",
      ({ flyte }, name) => flyte(AppService).update({ app: { metadata: { id: app(name) } } }),
      "App.Update",
    ],
    [
      "a replica's logs",
      ({ flyte }, name) =>
        drain(
          flyte(AppLogsService).tailLogs({
            target: { case: "replicaId", value: { appId: app(name), name: "r-0" } },
          }),
        ),
      "AppLogs.TailLogs",
    ],
  ];

  it.each(calls)("holds %s to the list", async (_what, call, rpc) => {
    expect(await attempt({ apps: ["shop"] }, call, "shop")).toEqual({
      text: '{"text":"done"}',
      seen: [rpc],
    });
    expect(await attempt({ apps: ["shop"] }, call, "bank")).toEqual({
      text: `App bank is not on this server's app allowlist. ${HINT}`,
      seen: [],
    });
  });

  it("refuses an app asked for by its address", async () => {
    const value = { publicUrl: "https://bank.example" };
    const { text, seen } = await attempt({ apps: ["shop"] }, ({ flyte }) =>
      flyte(AppService).get({ identifier: { case: "ingress", value } }),
    );
    expect(text).toBe(`App https://bank.example is not on this server's app allowlist. ${HINT}`);
    expect(seen).toEqual([]);
  });
});

describe("a trigger allowlist", () => {
  it("holds a trigger to the list, and says nothing of tasks", async () => {
    const call: Call = ({ flyte }, name) =>
      flyte(TriggerService).deployTrigger({ name: trigger(name, "etl.load") });
    const policy = { triggers: ["etl.load/nightly"] };
    expect((await attempt(policy, call, "nightly")).seen).toEqual(["DeployTrigger"]);
    expect(await attempt(policy, call, "hourly")).toEqual({
      text: `Trigger etl.load/hourly is not on this server's trigger allowlist. ${HINT}`,
      seen: [],
    });
  });

  it("holds a run by a trigger to the list, and to that of tasks as well", async () => {
    const call: Call = ({ flyte }, name) =>
      flyte(RunService).createRun({ task: { case: "triggerName", value: trigger(name, "etl.load") } });
    const policy = { triggers: ["nightly"], tasks: ["etl.load"] };
    expect((await attempt(policy, call, "nightly")).seen).toEqual(["CreateRun"]);
    expect(await attempt(policy, call, "hourly")).toEqual({
      text: `Trigger etl.load/hourly is not on this server's trigger allowlist. ${HINT}`,
      seen: [],
    });
    expect(await attempt({ ...policy, tasks: ["etl.drop"] }, call, "nightly")).toEqual({
      text: `Task d/p/etl.load is not on this server's task allowlist. ${HINT}`,
      seen: [],
    });
  });

  it("holds the triggers that come with a task's deployment to the list", async () => {
    const { text, seen } = await attempt({ triggers: ["nightly"] }, ({ flyte }) =>
      flyte(TaskService).deployTask({
        taskId: taskId("etl.load"),
        triggers: [{ name: "nightly" }, { name: "hourly" }],
      }),
    );
    expect(text).toBe(`Trigger etl.load/hourly is not on this server's trigger allowlist. ${HINT}`);
    expect(seen).toEqual([]);
  });
});
