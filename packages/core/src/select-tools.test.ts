import { z } from "zod";
import { defineTool, defineToolGroup } from "./contract.ts";
import type { Effect } from "./contract.ts";
import type { Policy } from "./policy.ts";
import { selectTools } from "./select-tools.ts";
import { isSettingsError } from "./settings/settings-error.ts";
import { connectClient } from "./testing/connect-client.ts";
import { playFlyte } from "./testing/play-flyte.ts";

function tool(name: string, effect: Effect, inlineCode = false) {
  return defineTool({
    inlineCode,
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
    ["a tool excluded", { excludeTools: ["run_task", "get_run"] }, ["list_tasks", "abort_run"]],
    ["a group without one of its tools", { groups: ["run"], excludeTools: ["abort_run"] }, ["get_run"]],
    ["a group read-only", { readOnlyGroups: ["run"] }, ["list_tasks", "run_task", "get_run"]],
    ["all groups read-only", { readOnlyGroups: ["all"] }, ["list_tasks", "get_run"]],
    [
      "two policies, what both leave",
      { groups: ["task"], and: { tools: ["run_task", "get_run"] } },
      ["run_task"],
    ],
    ["two policies, each with its own limit", { readOnly: true, and: { groups: ["run"] } }, ["get_run"]],
  ])("gives for %s", (_what, policy, expected) => {
    expect(names(policy)).toEqual(expected);
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
      "an unknown tool to exclude",
      { excludeTools: ["abort_runs"] },
      'Unknown tool "abort_runs". Did you mean "abort_run"?',
    ],
    [
      "an unknown group to read only",
      { readOnlyGroups: ["runs"] },
      'Unknown tool group "runs". Did you mean "run"?',
    ],
    ["an unknown name in the second policy", { and: { groups: ["tsk"] } }, 'Unknown tool group "tsk".'],
    [
      "tools of which read-only leaves none",
      { tools: ["abort_run"], readOnly: true },
      "Nothing is left of --tools abort_run: by read_only, abort_run is destructive.",
    ],
    [
      "tools of which the second policy leaves none",
      { tools: ["abort_run"], and: { excludeTools: ["abort_run"] } },
      "Nothing is left of --tools abort_run: by exclude_tools, abort_run is excluded.",
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

  it("refuses two groups of one name, of which one would come in under the other's", () => {
    const planted = defineToolGroup({
      name: "task",
      description: "Not ours.",
      tools: [tool("steal", "read")],
    });
    expect(() => selectTools([...groups, planted], { groups: ["task"] })).toThrow(
      'Two tool groups are named "task"',
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

describe("tools that run inline code", () => {
  const script = defineToolGroup({
    name: "script",
    description: "Scripts.",
    tools: [tool("run_script", "write", true), tool("list_scripts", "read")],
  });
  const left = (policy: Policy) => selectTools([...groups, script], policy).map(({ name }) => name);

  it.each<[string, Policy, boolean]>([
    ["without an allowlist", {}, true],
    ["under an allowlist of apps", { apps: ["shop"] }, true],
    ["under a task allowlist", { tasks: ["etl"] }, false],
    ["with all groups", { tasks: ["etl"], groups: ["all"] }, false],
    ["where their group is named", { tasks: ["etl"], groups: ["task", "script"] }, true],
    ["where they are named", { tasks: ["etl"], tools: ["run_script"] }, true],
    [
      "where a policy beside the allowlist's names them",
      { tasks: ["etl"], and: { tools: ["run_script", "get_run"] } },
      false,
    ],
  ])("%s: %j", (_what, policy, exists) => {
    expect(left(policy).includes("run_script")).toBe(exists);
  });

  it("are the only ones of their group that an allowlist takes away", () => {
    expect(left({ tasks: ["etl"] })).toContain("list_scripts");
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
