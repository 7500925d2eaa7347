import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HTTP, STDIO, runToEnd, startHttp } from "./built-apps.ts";
import { connectHttp, connectStdio } from "./sdk-client.ts";

const path = join(mkdtempSync(join(tmpdir(), "flyte-mcp-policy-")), "policy.yaml");
writeFileSync(
  path,
  [
    "tool_groups: [task, run]",
    "exclude_tools: [rerun_run]",
    "read_only_groups: [run]",
    "task_allowlist: [seed.add, flytesnacks/seed.slow]",
  ].join("\n"),
);

describe("flyte-mcp policy explain", () => {
  const explain = (...args: string[]) =>
    runToEnd(STDIO, [
      "policy",
      "explain",
      "--policy",
      path,
      "--project",
      "flytesnacks",
      "--domain",
      "d",
      ...args,
    ]);

  it("says that nothing refuses, and which rules were asked", async () => {
    const { stdout, code } = await explain("--tool", "run_task", "--task", "seed.slow");
    expect(stdout.split("\n")).toEqual([
      "run_task: allowed",
      `  allowed by tool_groups (${path}): group task is on the list task, run`,
      `  allowed by exclude_tools (${path}): run_task is not excluded`,
      `  allowed by task_allowlist (${path}): task d/flytesnacks/seed.slow is on the list seed.add, flytesnacks/seed.slow`,
      "",
    ]);
    expect(code).toBe(0);
  });

  it("knows what flyte-mcp-http makes of its own options", async () => {
    const open = ["--host", "0.0.0.0", "--allowed-hosts", "*", "--auth", "none"];
    const { stdout, code } = await runToEnd(HTTP, ["policy", "explain", "--tool", "run_task", ...open]);
    expect(stdout).toContain("refused by read_only (--auth none): run_task is write");
    expect(code).toBe(1);
  });

  it.each([
    [
      ["--tool", "run_task", "--task", "q/seed.slow"],
      `task_allowlist (${path}): task d/q/seed.slow is not on the list`,
    ],
    [["--tool", "run_task", "--read-only"], "read_only (options): run_task is write"],
    [["--tool", "abort_run"], `read_only_groups (${path}): abort_run is destructive`],
    [["--tool", "list_secrets"], `tool_groups (${path}): group secret is not on the list task, run`],
    [["--tool", "get_task", "--tools", "run_task"], "tools (options): get_task is not on the list run_task"],
  ])("says which rule refuses %j, and exits with 1", async (args, sentence) => {
    const { stdout, code } = await explain(...args);
    expect(stdout).toContain(`: refused by ${sentence}`);
    expect(code).toBe(1);
  });

  it("answers a machine in JSON", async () => {
    const { stdout } = await explain("--tool", "rerun_run", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ allowed: false, decided_by: "exclude_tools" });
  });

  it.each([
    [["policy"], '"policy" is followed by "explain"'],
    [["policy", "explain"], "--tool NAME is missing."],
    [["policy", "explain", "--tool", "run_taks"], 'There is no tool "run_taks". Did you mean "run_task"?'],
    [["policy", "explain", "--tool", "run_task", "--task", "a"], "Where is the task a?"],
    [
      ["policy", "explain", "--tool", "get_trigger", "--trigger", "nightly"],
      "--trigger nightly needs its task",
    ],
  ])("refuses %j in one sentence, with exit code 2", async (args, sentence) => {
    const { stdout, stderr, code } = await runToEnd(STDIO, args);
    expect(stderr).toContain(sentence);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  });
});

it("flyte-mcp-http policy explain answers alike", async () => {
  const { stdout } = await runToEnd(HTTP, ["policy", "explain", "--tool", "run_task", "--read-only"]);
  expect(stdout).toBe("run_task: refused by read_only: run_task is write\n");
});

const LEFT = ["list_tasks", "get_task", "run_task", "list_runs", "get_run", "get_run_io", "wait_for_run"];

it("serves what a policy file leaves, over stdio and HTTP", async () => {
  const server = await startHttp(["--sandbox", "--policy", path]);
  for (const connection of [
    await connectStdio(["--sandbox", "--policy", path]),
    await connectHttp(server.url),
  ]) {
    const { tools } = await connection.client.listTools();
    expect(LEFT.filter((name) => !tools.some((tool) => tool.name === name))).toEqual([]);
    expect(tools.map(({ name }) => name)).not.toContain("rerun_run");
    expect(await connection.fail("get_task", { name: "payroll.pay" })).toContain("task allowlist");
    await connection.close();
  }
  await server.stop();
});

it("refuses a policy file that it does not understand whole", async () => {
  const wrong = join(mkdtempSync(join(tmpdir(), "flyte-mcp-policy-")), "policy.yaml");
  writeFileSync(wrong, "read_onyl: true\n");
  const { stderr, code } = await runToEnd(STDIO, ["--policy", wrong]);
  expect(stderr).toContain('"read_onyl" is no limit. Did you mean "read_only"');
  expect(code).toBe(2);
});
