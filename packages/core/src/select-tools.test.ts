import { z } from "zod";
import { defineTool, defineToolGroup } from "./contract.ts";
import type { Effect } from "./contract.ts";
import type { Policy } from "./policy.ts";
import { selectTools } from "./select-tools.ts";
import { isSettingsError } from "./settings/settings-error.ts";
import { connectClient } from "./testing/connect-client.ts";
import { playFlyte } from "./testing/play-flyte.ts";

function tool(name: string, effect: Effect) {
  return defineTool({
    name,
    title: name,
    description: "Does it.",
    effect,
    input: z.object({}),
    output: z.object({}),
    run: () => Promise.resolve({}),
  });
}

const groups = [
  defineToolGroup({
    name: "task",
    description: "Tasks.",
    tools: [tool("list_tasks", "read"), tool("run_task", "write")],
  }),
  defineToolGroup({
    name: "run",
    description: "Runs.",
    tools: [tool("abort_run", "destructive"), tool("get_run", "read")],
  }),
];

const names = (policy: Policy) => selectTools(groups, policy).map(({ name }) => name);

describe("selectTools", () => {
  it.each<[string, Policy, string[]]>([
    ["no policy", {}, ["list_tasks", "run_task", "abort_run", "get_run"]],
    ["all", { groups: ["all"] }, ["list_tasks", "run_task", "abort_run", "get_run"]],
    ["all beside a group", { groups: ["run", "all"] }, ["list_tasks", "run_task", "abort_run", "get_run"]],
    ["core", { groups: ["core"] }, []],
    ["core beside a group", { groups: ["core", "task"] }, ["list_tasks", "run_task"]],
    ["one group", { groups: ["run"] }, ["abort_run", "get_run"]],
    ["no group", { groups: [] }, []],
    [
      "single tools, in the order of the groups",
      { tools: ["get_run", "list_tasks"] },
      ["list_tasks", "get_run"],
    ],
    ["no tool", { tools: [] }, []],
    ["read-only", { readOnly: true }, ["list_tasks", "get_run"]],
    ["read-only in a group", { groups: ["run"], readOnly: true }, ["get_run"]],
    ["read-only over a named tool", { tools: ["abort_run", "get_run"], readOnly: true }, ["get_run"]],
    ["read-only off", { tools: ["abort_run"], readOnly: false }, ["abort_run"]],
  ])("gives for %s", (_what, policy, expected) => {
    expect(names(policy)).toEqual(expected);
  });

  it.each<[string, Policy, string[]]>([
    ["nothing else", {}, []],
    ["all groups", { groups: ["all"] }, []],
    ["its group", { groups: ["script"] }, ["run_code"]],
    ["all groups and its own", { groups: ["all", "script"] }, ["run_code"]],
    ["its name", { tools: ["run_code"] }, ["run_code"]],
  ])("has a tool for code of one's own under a task list that comes with %s", (_what, policy, expected) => {
    const own = { ...tool("run_code", "write"), runsOwnCode: true };
    const script = [defineToolGroup({ name: "script", description: "Scripts.", tools: [own] })];
    const listed = (more: Policy) => selectTools(script, { ...policy, ...more }).map(({ name }) => name);
    expect(listed({ tasks: ["seed.add"] })).toEqual(expected);
    expect(listed({})).toEqual(["run_code"]);
  });

  it.each<[string, Policy, string]>([
    [
      "groups beside tools",
      { groups: ["task"], tools: ["get_run"] },
      "--tools and --tool-groups exclude each other: give the groups, or the single tools",
    ],
    [
      "an unknown group",
      { groups: ["task", "rum"] },
      'Unknown tool group "rum". Did you mean "run"? Known: all, core, task, run.',
    ],
    [
      "an unknown tool",
      { tools: ["get_runs"] },
      'Unknown tool "get_runs". Did you mean "get_run"? Known: list_tasks, run_task, abort_run, get_run.',
    ],
    [
      "a group given as a tool",
      { tools: ["all"] },
      'Unknown tool "all". Known: list_tasks, run_task, abort_run, get_run.',
    ],
  ])("refuses %s", (_what, policy, message) => {
    expect(() => names(policy)).toThrow(message);
  });

  it("refuses two tools of one name, even where only one is chosen", () => {
    const twin = defineToolGroup({ name: "twin", description: "Twin.", tools: [tool("get_run", "write")] });
    expect(() => selectTools([...groups, twin], { groups: ["twin"] })).toThrow(
      'Two tools are named "get_run"',
    );
  });

  it("throws settings errors, which end a start with one sentence", () => {
    const thrown: unknown[] = [];
    for (const policy of [{ groups: ["x"] }, { tools: ["x"] }, { groups: [], tools: [] }]) {
      try {
        selectTools(groups, policy);
      } catch (error) {
        thrown.push(error);
      }
    }
    expect(thrown.map(isSettingsError)).toEqual([true, true, true]);
  });
});

describe("a tool that is not selected", () => {
  it("is neither listed nor called", async () => {
    const { client } = await connectClient({
      groups,
      flyte: playFlyte(() => undefined),
      policy: { readOnly: true },
    });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["list_tasks", "get_run"]);
    await expect(client.callTool({ name: "abort_run", arguments: {} })).rejects.toThrow(
      'The tool "abort_run" is switched off on this server.',
    );
  });
});
