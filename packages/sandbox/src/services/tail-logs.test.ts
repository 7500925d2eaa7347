import { createClient, createRouterTransport } from "@connectrpc/connect";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox } from "../create.ts";
import { float, integer } from "../executor/literals.ts";
import type { LogMode, Sandbox } from "../options.ts";

const run = { project: "flytesnacks", domain: "development", name: "chat" };
const actionId = { run, name: "a0" };

let sandbox: Sandbox;
afterEach(() => sandbox.close());

/** Starts a task that prints numbered lines. */
async function chat(logs: LogMode | undefined, lines: bigint, seconds: number) {
  sandbox = createSandbox({ paceMs: 4, history: false, ...(logs && { logs }) });
  const transport = createRouterTransport(sandbox.routes);
  const literals = [
    { name: "lines", value: integer(lines) },
    { name: "seconds", value: float(seconds) },
  ];
  const runs = createClient(RunService, transport);
  await runs.createRun({
    id: { case: "runId", value: run },
    task: { case: "taskId", value: { ...run, name: "seed.chatty", version: "v2" } },
    inputWrapper: { case: "inputs", value: { literals } },
  });
  const until = async (phase: ActionPhase) => {
    for (;;) {
      const { details } = await runs.getActionDetails({ actionId });
      if ((details?.status?.phase ?? 0) >= phase) return;
      await sleep(5);
    }
  };
  const tail = async (ms: number) => {
    const messages: string[] = [];
    const signal = AbortSignal.timeout(ms);
    const stream = createClient(DataProxyService, transport).tailLogs({ actionId, attempt: 1 }, { signal });
    for await (const { logs: batches } of stream)
      messages.push(...batches.flatMap((batch) => batch.lines.map(({ message }) => message)));
    return messages;
  };
  return { until, tail };
}

it("plays a long log, and ends with the pod", async () => {
  const { until, tail } = await chat(undefined, 100_000n, 0);
  await until(ActionPhase.SUCCEEDED);
  const messages = await tail(10_000);
  expect(messages.length).toBe(100_002);
  expect(messages.at(-2)).toBe("line 99999");
}, 30_000);

it("follows a running pod to its end", async () => {
  const { until, tail } = await chat(undefined, 20n, 0.3);
  await until(ActionPhase.RUNNING);
  expect((await tail(10_000)).length).toBe(22);
});

it("can keep a stream open after the end of the pod", async () => {
  const { until, tail } = await chat("stays-open", 1n, 0);
  await until(ActionPhase.SUCCEEDED);
  await expect(tail(200)).rejects.toThrow(/deadline|timeout|abort/i);
});

it("can end a stream after a batch", async () => {
  const { until, tail } = await chat("ends-early", 300n, 0);
  await until(ActionPhase.SUCCEEDED);
  expect((await tail(10_000)).length).toBe(100);
});

it("can lose a log with the pod", async () => {
  const { until, tail } = await chat("pods-gone", 1n, 0);
  await until(ActionPhase.SUCCEEDED);
  await expect(tail(10_000)).rejects.toThrow('[not_found] pods "chat-a0-0" not found');
});
