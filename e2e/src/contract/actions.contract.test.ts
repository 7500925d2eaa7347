import { choosePlanes } from "./plane.ts";
import { openSession } from "./session.ts";
import type { Row, Session } from "./session.ts";

const planes = choosePlanes(process.env);

describe.each(planes)("the tools that look into runs on $title", (choice) => {
  let session: Session;
  let failed: string;
  beforeAll(async () => {
    session = await openSession(choice);
    failed = await session.launch("seed.fail", { message: "kaput" }, { phase: "failed", message: "kaput" });
    await session.settle(failed);
  });
  afterAll(() => session.close());

  it("list a failed root with its task and error", async () => {
    const listed = await session.mcp.answer("list_actions", { run_name: failed, failed_only: true });
    expect(listed).toMatchObject({
      total: 1,
      phases: { failed: 1 },
      actions: [{ name: "a0", type: "task", task: "seed.fail", error: expect.stringContaining("kaput") }],
    });
  });

  it("show its attempt", async () => {
    expect(await session.mcp.answer("get_action", { run_name: failed })).toMatchObject({
      task: "seed.fail",
      done: true,
      attempts: [{ attempt: 1, phase: "failed", error: { kind: "user" } }],
    });
    expect(await session.mcp.failure("get_action", { run_name: failed, attempt: 9 })).toContain("It has 1.");
  });

  it("say that an action or run is not there", async () => {
    expect(await session.mcp.failure("get_action", { run_name: failed, action_name: "zz" })).toContain(
      "has no such action. It has a0.",
    );
    expect(await session.mcp.failure("list_actions", { run_name: `${failed}x` })).toContain(
      `There is no run "${failed}x"`,
    );
  });

  it("diagnose it", async () => {
    expect(await session.mcp.answer("diagnose_run", { name: failed })).toMatchObject({
      verdict: "user_code",
      cause: { action: "a0", task: "seed.fail", error: { message: expect.stringContaining("kaput") } },
    });
  });

  it("leave an action alone that has ended", async () => {
    expect(await session.mcp.answer("abort_action", { run_name: failed, action_name: "a0" })).toMatchObject({
      aborted: false,
      already_terminal: true,
      phase: "failed",
    });
    expect(await session.mcp.answer("get_run", { name: failed })).toMatchObject({ phase: "failed" });
  });

  it("answer for logs, whether there are any or not", async () => {
    const logs = await session.mcp.answer("get_logs", { run_name: failed });
    expect(logs).toMatchObject({ run: failed, action: "a0", attempt: 1, phase: "failed" });
    expect(Array.isArray(logs["lines"])).toBe(true);
  });
});

describe.each(planes.filter(({ executes }) => executes))("actions and logs that ran on $title", (choice) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(choice);
  });
  afterAll(() => session.close());

  it("are a tree whose children have their tasks", async () => {
    const run_name = await session.launch("seed.fan_out", { n: 3 }, { phase: "succeeded" });
    await session.settle(run_name);
    const listed = await session.mcp.answer("list_actions", { run_name });
    expect(listed).toMatchObject({ total: 4, phases: { succeeded: 4 } });
    const [root, ...children] = listed["actions"] as Row[];
    expect(root).toMatchObject({ name: "a0", task: "seed.fan_out", children: { succeeded: 3 } });
    expect(children.map(({ parent, task }) => [parent, task])).toEqual(
      Array.from({ length: 3 }, () => ["a0", "seed.add"]),
    );
  });

  it("tell which child failed first, and why", async () => {
    const name = await session.launch("seed.fan_fail", { n: 2 }, { phase: "failed", message: "" });
    expect(await session.settle(name)).toMatchObject({
      first_failure: { task: "seed.fail", message: expect.stringContaining("inner cause") },
    });
    expect(await session.mcp.answer("diagnose_run", { name })).toMatchObject({
      verdict: "user_code",
      cause: { task: "seed.fail" },
      propagated_to: ["a0"],
    });
  });

  it("print, while they run and after", async () => {
    const run_name = await session.launch("seed.chatty", { lines: 40, seconds: 3 }, { phase: "running" });
    await session.settle(run_name);
    expect(await session.mcp.answer("get_logs", { run_name, max_lines: 2 })).toMatchObject({
      lines: ["line 38", "line 39"],
      complete: true,
    });
    const green = await session.mcp.answer("get_logs", { run_name, grep: "line 0" });
    expect(green["lines"]).toEqual(["line 0"]);
  });

  it("wait at a gate until it is answered, and go on with the answer", async () => {
    const run_name = await session.launch("seed.gate", {}, { phase: "running" });
    const [gate] = await untilSome(async () => {
      const { conditions } = await session.mcp.answer("list_conditions", { run_name });
      return conditions as Row[];
    });
    expect(gate).toMatchObject({ name: "approve", type: "bool", waiting: true });
    expect(
      await session.mcp.failure("signal_condition", { run_name, name: "approve", value: "maybe" }),
    ).toMatch(/true|false/);
    expect(
      await session.mcp.answer("signal_condition", { run_name, name: "approve", value: true }),
    ).toMatchObject({ signaled: true });
    expect(await session.settle(run_name)).toMatchObject({ phase: "succeeded" });
  });

  it("stop when their action is aborted", async () => {
    const run_name = await session.launch("seed.slow", {}, { phase: "running" });
    await session.mcp.answer("wait_for_run", { name: run_name, timeout_s: 1 });
    expect(await session.mcp.answer("abort_action", { run_name, action_name: "a0" })).toMatchObject({
      aborted: true,
      live_actions: 1,
    });
    expect(await session.settle(run_name)).toMatchObject({ phase: "aborted" });
  });
});

async function untilSome(read: () => Promise<Row[]>): Promise<Row[]> {
  for (let tries = 0; tries < 100; tries++) {
    const rows = await read();
    if (rows.length > 0) return rows;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("nothing came");
}
