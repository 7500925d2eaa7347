import { setTimeout as sleep } from "node:timers/promises";
import { createFlyte } from "@flyte-mcp/core";
import { connectClient } from "@flyte-mcp/core/testing";
import type { TestClient } from "@flyte-mcp/core/testing";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { LogMode, SandboxServer } from "@flyte-mcp/sandbox";
import { startSandbox } from "@flyte-mcp/sandbox";
import { createClient } from "@connectrpc/connect";
import { logs } from "./index.ts";

const place = { project: "flytesnacks", domain: "development" };
const SLOW_MS = 20_000;

let plane: SandboxServer;
let client: TestClient;

/** A sandbox with runs of the past, and the tool before it. */
async function start(mode?: LogMode): Promise<void> {
  plane = await startSandbox({ paceMs: 20, ...(mode && { logs: mode }) });
  client = await connectClient({ groups: [logs], flyte: createFlyte({ endpoint: plane.url, ...place }) });
}

afterEach(async () => {
  await client.close();
  await plane.close();
});

/** Launches a task that prints numbered lines over so many seconds, and waits until it runs. */
async function chat(lines: number, seconds: number, phase = ActionPhase.RUNNING): Promise<string> {
  const { transport } = createFlyte({ endpoint: plane.url, ...place });
  const name = "chat";
  const primitives = [
    { name: "lines", value: { case: "integer", value: BigInt(lines) } },
    { name: "seconds", value: { case: "floatValue", value: seconds } },
  ] as const;
  const literals = primitives.map(({ name: key, value }) => {
    const scalar = { value: { case: "primitive", value: { value } } } as const;
    return { name: key, value: { value: { case: "scalar", value: scalar } } } as const;
  });
  const runs = createClient(RunService, transport);
  await runs.createRun({
    id: { case: "runId", value: { ...place, name } },
    task: { case: "taskId", value: { ...place, name: "seed.chatty", version: "v2" } },
    inputWrapper: { case: "inputs", value: { literals } },
  });
  for (;;) {
    const { details } = await runs.getActionDetails({ actionId: { run: { ...place, name }, name: "a0" } });
    if ((details?.status?.phase ?? 0) >= phase) return name;
    await sleep(20);
  }
}

describe("get_logs", () => {
  it("gives the last lines of a long log, and how many came before", async () => {
    await start();
    const run_name = await chat(2_500, 0, ActionPhase.SUCCEEDED);
    const answer = await client.answer("get_logs", { run_name });
    expect(answer).toMatchObject({ phase: "succeeded", earlier_lines: 2_400, complete: true });
    expect(answer["lines"]).toHaveLength(100);
    expect((answer["lines"] as string[])[99]).toBe("line 2499");
    const many = await client.answer("get_logs", { run_name, max_lines: 2_000 });
    expect(many["lines"]).toHaveLength(2_000);
    expect(await client.answer("get_logs", { run_name, grep: "LINE 245", since: "1d" })).toMatchObject({
      lines: ["line 245", ...Array.from({ length: 10 }, (_, index) => `line ${2_450 + index}`)],
    });
  });

  it(
    "answers within five seconds while the action prints on, or prints nothing",
    async () => {
      await start();
      const run_name = await chat(100, 30);
      const began = Date.now();
      const answer = await client.answer("get_logs", { run_name, timestamps: true });
      expect(Date.now() - began).toBeLessThan(5_000);
      expect(answer).toMatchObject({ phase: "running", complete: false });
      expect((answer["lines"] as string[])[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z line 0$/);
      expect(await client.answer("get_logs", { run_name: "demo-gate-1" })).toMatchObject({
        lines: [],
        message: "Only the platform itself printed something; include_system shows it.",
      });
    },
    SLOW_MS,
  );

  it.each(["open-source", "stays-open"] as const)(
    "waits for the end when asked, on a plane that %s",
    async (mode) => {
      await start(mode);
      const run_name = await chat(5, 1, ActionPhase.QUEUED);
      const answer = await client.answer("get_logs", { run_name, wait_s: 15 });
      expect(answer).toMatchObject({ phase: "succeeded", complete: true });
      expect(answer["lines"]).toEqual(["line 0", "line 1", "line 2", "line 3", "line 4"]);
    },
    SLOW_MS,
  );

  it("tells error and events where the pod is gone", async () => {
    await start("pods-gone");
    expect(await client.answer("get_logs", { run_name: "demo-fail-1" })).toMatchObject({
      lines: [],
      message: "Flyte has no log of this attempt any more: its pod is gone.",
      error: { message: "boom", kind: "user" },
      events: [
        expect.stringContaining("task submitted to K8s"),
        expect.stringContaining("Demistify Pending"),
      ],
    });
  });

  it("names what exists when run, action, attempt, pod or container do not", async () => {
    await start();
    const failures: [Record<string, unknown>, string][] = [
      [{ run_name: "demo-fail-9" }, 'There is no run "demo-fail-9" in flytesnacks/development. Did you mean'],
      [{ action_name: "zz" }, 'Run "demo-fail-1" in flytesnacks/development has no such action. It has a0.'],
      [{ attempt: 7 }, "Action a0 of run demo-fail-1 has had one attempt; there is no attempt 7."],
      [{ pod: "demo-fail-1-a0-1" }, 'no pod "demo-fail-1-a0-1". Did you mean "demo-fail-1-a0-0"? It has'],
      [{ container: "sidecar" }, 'The attempt has no container "sidecar". It has demo-fail-1-a0-0.'],
      [{ max_lines: 0 }, "max_lines: must be at least 1"],
      [{ max_lines: 1e9 }, "max_lines: must be at most 2000"],
      [{ attempt: -1 }, "attempt: must be at least 1"],
      [{ since: "noon" }, 'since: "noon" is neither a span'],
    ];
    for (const [args, message] of failures)
      expect(await client.failure("get_logs", { run_name: "demo-fail-1", ...args })).toContain(message);
    expect(await client.failure("get_logs", { run_name: "demo-gate-1", action_name: "c0" })).toContain(
      "Action c0 is a condition: it runs in no pod of its own and has no log.",
    );
  });
});
