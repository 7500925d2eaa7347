import { startSandbox } from "@flyte-mcp/sandbox";
import { startHttp } from "./built-apps.ts";
import { connectHttp, connectStdio } from "./sdk-client.ts";
import type { Connection } from "./sdk-client.ts";

type Plane = Awaited<ReturnType<typeof startSandbox>>;

let plane: Plane;
beforeAll(async () => (plane = await startSandbox({ paceMs: 20 })));
afterAll(() => plane.close());

const where = () => ["--endpoint", plane.url, "--project", "flytesnacks", "--domain", "development"];
const callsSince = (count: number) =>
  plane.sandbox
    .calls()
    .slice(count)
    .map(({ procedure }) => procedure);

describe.each(["stdio", "http"])("a task allowlist over %s", (kind) => {
  let connection: Connection;
  let stop = async () => {};
  beforeAll(async () => {
    const args = [...where(), "--task-allowlist", "seed.add,flytesnacks/seed.slow"];
    if (kind === "stdio") connection = await connectStdio(args);
    else {
      const server = await startHttp(args);
      connection = await connectHttp(server.url);
      stop = server.stop;
    }
  });
  afterAll(async () => {
    await connection.close();
    await stop();
  });

  it.each([
    ["get_task", { name: "payroll.pay" }],
    ["get_task", { name: "payroll.pay", version: "v1" }],
    ["run_task", { name: "payroll.pay", inputs: { employee: "Ada", amount: 1 } }],
  ])("refuses a forbidden task to %s, and the plane sees no call", async (tool, args) => {
    const before = plane.sandbox.calls().length;
    expect(await connection.fail(tool, args)).toContain(
      "Task development/flytesnacks/payroll.pay is not on this server's task allowlist.",
    );
    expect(callsSince(before)).toEqual([]);
  });

  it("shows only what may be touched", async () => {
    const { tasks } = (await connection.call("list_tasks")) as { tasks: { name: string }[] };
    expect(tasks.map(({ name }) => name).sort()).toEqual(["seed.add", "seed.slow"]);
  });

  it("lets allowed tasks run", async () => {
    const { name } = (await connection.call("run_task", { name: "seed.add", inputs: { a: 1 } })) as {
      name: string;
    };
    expect(await connection.call("wait_for_run", { name })).toMatchObject({ phase: "succeeded" });
  });

  it("reaches no run of a forbidden task", async () => {
    const free = await connectStdio(where());
    const { name } = (await free.call("run_task", {
      name: "payroll.pay",
      inputs: { employee: "Ada", amount: 1.5 },
    })) as { name: string };
    for (const tool of ["get_run", "get_run_io", "wait_for_run", "abort_run"]) {
      const before = plane.sandbox.calls().length;
      expect(await connection.fail(tool, { name })).toContain(
        "payroll.pay is not on this server's task allowlist",
      );
      expect(callsSince(before).filter((procedure) => !procedure.endsWith("/GetRunDetails"))).toEqual([]);
    }
    const { runs } = (await connection.call("list_runs", { limit: 100 })) as { runs: { task: string }[] };
    expect(runs.filter(({ task }) => !["seed.add", "seed.slow"].includes(task))).toEqual([]);
    await free.close();
  });
});

it("offers no tool that changes anything when read-only", async () => {
  const { client, close } = await connectStdio([...where(), "--read-only"]);
  const { tools } = await client.listTools();
  await close();
  expect(tools.map(({ name }) => name)).toEqual([
    "list_tasks",
    "get_task",
    "list_runs",
    "get_run",
    "get_run_io",
    "get_run_code",
    "wait_for_run",
    "diagnose_run",
    "list_actions",
    "get_action",
    "get_logs",
    "list_apps",
    "get_app",
    "list_triggers",
    "get_trigger",
    "list_projects",
    "get_project",
    "list_secrets",
    "list_conditions",
    "whoami",
    "search_flyte_sdk_examples",
    "search_flyte_docs_examples",
    "search_full_docs",
    "read_example",
  ]);
});

it("offers the tools or groups that are named, and none for core", async () => {
  const listed = async (...args: string[]) => {
    const { client, close } = await connectStdio([...where(), ...args]);
    const { tools } = await client.listTools();
    await close();
    return tools.map(({ name }) => name);
  };
  expect(await listed("--tools", "get_run,run_task")).toEqual(["run_task", "get_run"]);
  expect(await listed("--tool-groups", "task")).toEqual(["list_tasks", "get_task", "run_task"]);
  expect(await listed("--tool-groups", "core")).toEqual([]);
});
