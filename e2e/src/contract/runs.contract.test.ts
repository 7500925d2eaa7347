import { drive } from "./drive.ts";
import { choosePlanes } from "./plane.ts";
import { openSession } from "./session.ts";
import type { Row, Session } from "./session.ts";

describe.each(choosePlanes(process.env))("the run tools on $title", (choice) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(choice);
  });
  afterAll(() => session.close());

  describe("a run that succeeds", () => {
    it("gives its outputs, with defaults filled in", async () => {
      const name = await session.launch(
        "seed.add",
        { a: 40 },
        { phase: "succeeded", outputs: [{ name: "o0", integer: 42n }] },
      );
      expect(await session.settle(name)).toMatchObject({
        phase: "succeeded",
        done: true,
        task: "seed.add",
        version: "v2",
      });
      expect(await session.mcp.answer("get_run", { name })).toMatchObject({
        phase: "succeeded",
        attempts: 1,
      });
      expect(await session.mcp.answer("get_run_io", { name })).toEqual({
        name,
        phase: "succeeded",
        done: true,
        inputs: { a: 40, b: 2 },
        outputs: { o0: 42 },
        url: expect.stringContaining(`/runs/${name}`),
      });
    });

    it("keeps integers beyond 2^53", async () => {
      const outputs = [{ name: "o0", integer: 9007199254740995n }];
      const name = await session.launch(
        "seed.add",
        { a: "9007199254740993" },
        { phase: "succeeded", outputs },
      );
      await session.settle(name);
      expect(await session.mcp.answer("get_run_io", { name })).toMatchObject({
        inputs: { a: "9007199254740993", b: 2 },
        outputs: { o0: "9007199254740995" },
      });
    });

    it("is found by its task and by its phase", async () => {
      const name = await session.launch(
        "seed.add",
        { a: 1 },
        { phase: "succeeded", outputs: [{ name: "o0", integer: 3n }] },
      );
      await session.settle(name);
      const filter = { task_name: "seed.add", phase: ["succeeded"], limit: 5 };
      const { runs } = (await session.mcp.answer("list_runs", filter)) as { runs: Row[] };
      expect(runs[0]).toMatchObject({ name, phase: "succeeded", task: "seed.add", done: true });
      const others = (await session.mcp.answer("list_runs", {
        phase: ["failed", "aborted"],
        limit: 100,
      })) as {
        runs: Row[];
      };
      expect(others.runs.map((row) => row["name"])).not.toContain(name);
    });
  });

  describe("a run that fails", () => {
    it("gives its error, and no outputs", async () => {
      const name = await session.launch(
        "seed.fail",
        { message: "kaput" },
        { phase: "failed", message: "ValueError: kaput" },
      );
      const error = { message: expect.stringContaining("kaput"), kind: "user" };
      expect(await session.settle(name)).toMatchObject({ phase: "failed", done: true, error });
      expect(await session.mcp.answer("get_run_io", { name })).toMatchObject({
        inputs: { message: "kaput" },
        outputs: null,
        error,
      });
    });
  });

  describe("a run that takes long", () => {
    it("is waited for in parts, aborted once, and then left alone", async () => {
      const name = await session.launch("seed.slow", {}, { phase: "running" });
      expect(await session.mcp.answer("wait_for_run", { name, timeout_s: 0.5 })).toMatchObject({
        timed_out: true,
        done: false,
      });
      expect(await session.mcp.answer("get_run_io", { name })).toMatchObject({
        done: false,
        inputs: { seconds: 600 },
        outputs: null,
      });
      const waiting = session.mcp.answer("wait_for_run", { name });
      expect(await session.mcp.answer("abort_run", { name, reason: "enough" })).toEqual({
        name,
        aborted: true,
        live_actions: 1,
        phase: "aborted",
        url: expect.stringContaining(`/runs/${name}`),
      });
      expect(await waiting).toMatchObject({ phase: "aborted", done: true, abort_reason: "enough" });
      expect(await session.mcp.answer("abort_run", { name })).toEqual({
        name,
        aborted: false,
        already_terminal: true,
        phase: "aborted",
        url: expect.stringContaining(`/runs/${name}`),
      });
    });
  });

  describe("a run that is launched with options", () => {
    it("keeps them, and answers a second launch by the same key with the first run", async () => {
      const idempotency_key = `key-${Date.now()}`;
      const launch = { name: "seed.add", inputs: { a: 5 }, labels: { suite: "contract" }, idempotency_key };
      const first = await session.mcp.answer("run_task", launch);
      expect(await session.mcp.answer("run_task", launch)).toMatchObject({
        name: first["name"],
        already_exists: true,
      });
      expect(await session.mcp.failure("run_task", { ...launch, inputs: { a: 6 } })).toContain(
        "was given other inputs",
      );
    });

    it("make one run when two calls with one key meet, and drop nobody's inputs in silence", async () => {
      const idempotency_key = `race-${Date.now()}`;
      const launches = [1, 2].map((a) =>
        session.mcp.answer("run_task", { name: "seed.add", inputs: { a }, idempotency_key }).then(
          () => a,
          (error: Error) => error.message,
        ),
      );
      const [one, two] = await Promise.all(launches);
      expect([one, two].filter((outcome) => typeof outcome === "number")).toHaveLength(1);
      expect([one, two].filter((outcome) => typeof outcome === "string")).toEqual([
        expect.stringContaining("was given other inputs"),
      ]);
    });

    it("can be shown before, and is not launched then", async () => {
      const run_name = `dry-${Date.now().toString(36)}`;
      const dry = { name: "seed.add", inputs: { a: 5 }, interruptible: true, run_name, dry_run: true };
      expect(await session.mcp.answer("run_task", dry)).toMatchObject({
        dry_run: true,
        inputs: { a: 5, b: 2 },
        run_spec: { interruptible: true },
      });
      expect(await session.mcp.failure("get_run", { name: run_name })).toContain("There is no run");
    });
  });

  describe("a run that is launched again", () => {
    it("runs with the same inputs, or with some changed", async () => {
      const ending = (o0: bigint) =>
        ({ phase: "succeeded", outputs: [{ name: "o0", integer: o0 }] }) as const;
      const run_name = await session.launch("seed.add", { a: 20 }, ending(22n));
      await session.settle(run_name);
      const same = await session.mcp.answer("rerun_run", { run_name });
      await drive(session.plane, String(same["name"]), ending(22n));
      await session.settle(String(same["name"]));
      expect(await session.mcp.answer("get_run_io", { name: same["name"] })).toMatchObject({
        inputs: { a: 20, b: 2 },
        outputs: { o0: 22 },
      });
      const changed = await session.mcp.answer("rerun_run", { run_name, inputs: { b: 3 } });
      await drive(session.plane, String(changed["name"]), ending(23n));
      await session.settle(String(changed["name"]));
      expect(await session.mcp.answer("get_run_io", { name: changed["name"] })).toMatchObject({
        inputs: { a: 20, b: 3 },
        outputs: { o0: 23 },
      });
    });
  });

  describe("a run that waits for a person", () => {
    it("is said to wait, and for what", async () => {
      const name = await session.launch("seed.gate", {}, { phase: "waiting", condition: "approve" });
      let state: Row;
      do state = await session.mcp.answer("wait_for_run", { name, timeout_s: 1 });
      while (state["phase"] !== "running" || state["waiting_for"] === undefined);
      expect(state).toMatchObject({ timed_out: true, done: false, waiting_for: [expect.any(String)] });
      expect(state["message"]).toContain("The run waits for a person to answer");
      await session.mcp.answer("abort_run", { name });
    });
  });

  describe("a name for the run", () => {
    it("makes one run, also when it is asked for twice", async () => {
      const run_name = `named-${Date.now().toString(36)}`;
      const first = await session.mcp.answer("run_task", { name: "seed.add", inputs: { a: 1 }, run_name });
      expect(first).toMatchObject({ name: run_name, task: "seed.add" });
      expect(first).not.toHaveProperty("already_exists");
      expect(
        await session.mcp.answer("run_task", { name: "seed.add", inputs: { a: 1 }, run_name }),
      ).toMatchObject({
        name: run_name,
        already_exists: true,
      });
    });

    it("that Flyte would refuse is refused before anything is sent", async () => {
      const said = await session.mcp.failure("run_task", {
        name: "seed.add",
        inputs: { a: 1 },
        run_name: "Bad_Name",
      });
      expect(said).toMatch(/run_name: a run name has a-z, 0-9 and -/);
    });
  });

  it("says that a run does not exist", async () => {
    expect(await session.mcp.failure("get_run", { name: "no-such-run" })).toContain(
      'There is no run "no-such-run"',
    );
    expect(await session.mcp.failure("get_run_io", { name: "no-such-run" })).toContain(
      'There is no run "no-such-run"',
    );
    expect(await session.mcp.failure("abort_run", { name: "no-such-run" })).toContain(
      'There is no run "no-such-run"',
    );
    expect(await session.mcp.failure("list_runs", { task_name: "seed.ad" })).toContain(
      'Did you mean "seed.add"',
    );
  });
});
