import { Code, ConnectError } from "@connectrpc/connect";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { Scope, ToolContext } from "../contract.ts";
import type { Policy } from "../policy.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";
import { assertProjectExists } from "./not-found.ts";

const place = { org: "", project: "flytesnacks", domain: "development" };

function missing(): never {
  throw new ConnectError("record not found", Code.NotFound);
}

const rowsOfRuns = ["r-abc", "r-abd"].map((name) => ({
  action: {
    id: { run: { ...place, name } },
    metadata: { spec: { case: "task", value: { id: { ...place, name: "etl.load" } } } as const },
  },
}));

/** A Flyte that knows a few names and finds nothing by itself; `down` are the lists that fail. */
function playNothingFound(down: string[] = []) {
  const actions = Array.from({ length: 30 }, (_, index) => ({ id: { name: `load-${index}` } }));
  const seen: string[] = [];
  const see = <T>(rpc: string, answer: T) => {
    seen.push(rpc);
    if (down.includes(rpc)) throw new ConnectError("down", Code.Unavailable);
    return answer;
  };
  const projects = ["flytesnacks", "flytesnack-eu"].map((id) => ({
    id,
    domains: [{ id: "development" }, { id: "production" }],
  }));
  const tasks = ["etl.load", "etl.drop", "train"].map((name) => ({
    taskId: { ...place, name, version: "v1" },
  }));
  const flyte = playFlyte(({ service }) => {
    service(ProjectService, { listProjects: () => see("ListProjects", { projects: { projects } }) });
    service(TaskService, { getTaskDetails: missing, listTasks: () => see("ListTasks", { tasks }) });
    service(RunService, {
      getRunDetails: missing,
      listRuns: () => see("ListRuns", { runs: rowsOfRuns }),
      // A run that is too old to be among the newest.
      listActions: ({ runId }) => ({ actions: runId?.name === "r-old" ? actions : [] }),
      getActionDetails: missing,
      async *watchActionDetails() {
        yield await Promise.reject<object>(new ConnectError("record not found", Code.NotFound));
      },
      createRun() {
        throw new ConnectError("failed to get task: record not found", Code.Unknown);
      },
    });
    service(AppService, { get: missing });
  });
  return { flyte, seen };
}

type Call = (context: ToolContext) => Promise<unknown>;

async function toldOf(call: Call, policy: Policy = {}, down: string[] = []) {
  const tool = defineTool({
    name: "probe",
    title: "Probe",
    description: "Calls Flyte.",
    effect: "write",
    input: z.object({}),
    output: z.object({}),
    async run(_input, context) {
      await call(context);
      return {};
    },
  });
  const { flyte, seen } = playNothingFound(down);
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
  const { failure } = await connectClient({ groups, flyte, policy });
  return { text: await failure("probe"), seen };
}

const getTask =
  (name: string, where: Scope = place): Call =>
  ({ flyte }) =>
    flyte(TaskService).getTaskDetails({ taskId: { ...where, name, version: "v9" } });
const getRun =
  (name: string, where: Scope = place): Call =>
  ({ flyte }) =>
    flyte(RunService).getRunDetails({ runId: { ...where, name } });
const createRun: Call = ({ flyte }) =>
  flyte(RunService).createRun({
    id: { case: "runId", value: { ...place, name: "fresh" } },
    task: { case: "taskId", value: { ...place, name: "etl.laod", version: "v1" } },
  });
const watchAction: Call = async ({ flyte }) => {
  const actionId = { run: { ...place, name: "r-abx" }, name: "a0" };
  for await (const message of flyte(RunService).watchActionDetails({ actionId })) if (!message) return;
};

const TASKS = "Call list_tasks to see what exists. [not_found]";
const RUNS = "Call list_runs to see what exists. [not_found]";

const getAction: Call = ({ flyte }) =>
  flyte(RunService).getActionDetails({ actionId: { run: { ...place, name: "r-old" }, name: "laod-27" } });

describe("what was not found", () => {
  it.each<[string, Call, string]>([
    [
      "an action of a run that is not among the newest",
      getAction,
      'Run "r-old" in flytesnacks/development has no such action. It has load-27, load-0, load-1, load-2, load-3, load-4, load-5, load-6, load-7, load-8, load-9, load-10 and more; list_actions shows them. [not_found]',
    ],
    [
      "a task",
      getTask("etl.laod"),
      `There is no task "etl.laod" in flytesnacks/development. Did you mean "etl.load"? ${TASKS}`,
    ],
    [
      "a task without its environment",
      getTask("drop"),
      `There is no task "drop" in flytesnacks/development. Did you mean "etl.drop"? ${TASKS}`,
    ],
    [
      "a task like no other",
      getTask("zzzzzz"),
      `There is no task "zzzzzz" in flytesnacks/development. ${TASKS}`,
    ],
    [
      "a version of a task",
      getTask("train"),
      `There is no task "train" in that version in flytesnacks/development. Call list_tasks to see the newest. [not_found]`,
    ],
    [
      "a task to run, which Flyte calls unknown",
      createRun,
      `There is no task "etl.laod" in flytesnacks/development. Did you mean "etl.load"? ${TASKS}`,
    ],
    [
      "a run",
      getRun("r-abx"),
      `There is no run "r-abx" in flytesnacks/development. Did you mean "r-abc" or "r-abd"? ${RUNS}`,
    ],
    [
      "a run that is streamed",
      watchAction,
      `There is no run "r-abx" in flytesnacks/development. Did you mean "r-abc" or "r-abd"? ${RUNS}`,
    ],
    [
      "a project",
      getTask("train", { ...place, project: "flytesnack" }),
      'There is no project "flytesnack". Did you mean "flytesnacks" or "flytesnack-eu"? ' +
        "Projects: flytesnacks, flytesnack-eu. [not_found]",
    ],
    [
      "a domain",
      getRun("r-abc", { ...place, domain: "prodution" }),
      'Project "flytesnacks" has no domain "prodution". Did you mean "production"? ' +
        "Domains: development, production. [not_found]",
    ],
    [
      "what has no list of names",
      ({ flyte }) =>
        flyte(AppService).get({ identifier: { case: "ingress", value: { publicUrl: "https://a.b" } } }),
      "record not found [not_found]",
    ],
  ])("is named with what is near: %s", async (_what, call, text) => {
    expect((await toldOf(call)).text).toBe(text);
  });

  it("offers no name that the policy hides", async () => {
    const policy = { tasks: ["etl.load", "etl.lost"] };
    const { text } = await toldOf(getTask("etl.lost"), policy);
    expect(text).toBe(
      `There is no task "etl.lost" in flytesnacks/development. Did you mean "etl.load"? ${TASKS}`,
    );
    const hidden = await toldOf(getRun("r-abx"), { tasks: ["train"] });
    expect(hidden.text).toBe(`There is no run "r-abx" in flytesnacks/development. ${RUNS}`);
  });

  it("is still named when the names cannot be had", async () => {
    const { text } = await toldOf(getTask("etl.laod"), {}, ["ListTasks", "ListProjects"]);
    expect(text).toBe(`There is no task "etl.laod" in flytesnacks/development. ${TASKS}`);
  });

  it("costs no look-up when the error is another", async () => {
    const refused: Call = ({ flyte }) => flyte(RunService).abortRun({});
    const { seen } = await toldOf(refused);
    expect(seen).toEqual([]);
  });
});

describe("assertProjectExists", () => {
  it("passes for a place that is there, and where the projects cannot be had", async () => {
    const call: Call = async ({ flyte }) => {
      await assertProjectExists(flyte, place);
      throw new Error("passed");
    };
    expect((await toldOf(call)).text).toBe("The tool failed: passed [internal]");
    expect((await toldOf(call, {}, ["ListProjects"])).text).toBe("The tool failed: passed [internal]");
  });

  it("throws with near names for one that is not", async () => {
    const call: Call = ({ flyte }) => assertProjectExists(flyte, { ...place, project: "flytesnakcs" });
    expect((await toldOf(call)).text).toBe(
      'There is no project "flytesnakcs". Did you mean "flytesnacks"? ' +
        "Projects: flytesnacks, flytesnack-eu. [not_found]",
    );
  });
});
