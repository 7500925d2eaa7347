import { Code, ConnectError } from "@connectrpc/connect";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { ToolContext } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

const place = { org: "", project: "flytesnacks", domain: "development" };

function missing(): never {
  throw new ConnectError("trigger not found: sql: no rows in result set", Code.NotFound);
}

const triggers = [
  { name: "nightly", taskName: "etl.load" },
  { name: "weekly", taskName: "etl.load" },
  { name: "on-demand", taskName: "etl.drop" },
].map((name) => ({ id: { name: { ...place, ...name } } }));

/** What a call is told by a Flyte that knows three triggers and no task. */
async function toldOf(call: (context: ToolContext) => Promise<unknown>, policy = {}) {
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
  const projects = [{ id: "flytesnacks", domains: [{ id: "development" }] }];
  const flyte = playFlyte(({ service }) => {
    service(ProjectService, { listProjects: () => ({ projects: { projects } }), getProject: missing });
    service(TriggerService, { getTriggerDetails: missing, listTriggers: () => ({ triggers }) });
    service(TaskService, { listTasks: () => ({}) });
    service(RunService, { createRun: missing });
  });
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })];
  const { failure } = await connectClient({ groups, flyte, policy });
  return failure("probe");
}

const getTrigger =
  (taskName: string, name: string, where = place) =>
  ({ flyte }: ToolContext) =>
    flyte(TriggerService).getTriggerDetails({ name: { ...where, taskName, name } });

const HINT = "Call list_triggers to see what exists. [not_found]";

describe("a trigger that was not found", () => {
  it.each([
    ["etl.load", "nigthly", ' Did you mean "nightly"?'],
    ["etl.laod", "weekley", ' Did you mean "etl.load/weekly"?'],
    ["etl.load", "on-demand", ' There is one of that name of task "etl.drop".'],
    ["train", "zzzzzzzz", ""],
  ])("is named with what is near: %s %s", async (taskName, name, near) => {
    expect(await toldOf(getTrigger(taskName, name))).toBe(
      `There is no trigger "${name}" of task "${taskName}" in flytesnacks/development.${near} ${HINT}`,
    );
  });

  it("is offered no name that the policy hides", async () => {
    expect(await toldOf(getTrigger("etl.load", "weekli"), { triggers: ["nightly", "weekli"] })).toBe(
      `There is no trigger "weekli" of task "etl.load" in flytesnacks/development. ${HINT}`,
    );
  });

  it("may lack its project", async () => {
    expect(await toldOf(getTrigger("etl.load", "nightly", { ...place, project: "flytesnack" }))).toContain(
      'There is no project "flytesnack". Did you mean "flytesnacks"?',
    );
  });

  it("is told from its task, which may be the one that is gone", async () => {
    const value = { ...place, taskName: "etl.load", name: "nightly" };
    expect(
      await toldOf(({ flyte }) => flyte(RunService).createRun({ task: { case: "triggerName", value } })),
    ).toContain('There is no task "etl.load" in flytesnacks/development.');
  });
});

it("names the projects near one that was asked for by itself", async () => {
  expect(await toldOf(({ flyte }) => flyte(ProjectService).getProject({ id: "flytesnack" }))).toBe(
    'There is no project "flytesnack". Did you mean "flytesnacks"? Projects: flytesnacks. [not_found]',
  );
});
