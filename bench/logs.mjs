// The last lines of a log of 100,000: how long get_logs takes and how much memory, beside reading the bare stream:
// npm run build && node --expose-gc bench/logs.mjs [lines]
import { createClient } from "@connectrpc/connect";
import { createFlyte } from "@flyte-mcp/core";
import { connectClient } from "@flyte-mcp/core/testing";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { logs } from "@flyte-mcp/logs";
import { run } from "@flyte-mcp/run";
import { startSandbox } from "@flyte-mcp/sandbox";
import { task } from "@flyte-mcp/task";

const lines = Number(process.argv[2] ?? 100_000);
const plane = await startSandbox({ paceMs: 20, history: false });
const scope = { project: "flytesnacks", domain: "development" };
const flyte = createFlyte({ endpoint: plane.url, ...scope });
const mcp = await connectClient({ groups: [task, run, logs], flyte });
const { name } = await mcp.answer("run_task", { name: "seed.chatty", inputs: { lines } });
await mcp.answer("wait_for_run", { name });

const actionId = { run: { ...scope, name }, name: "a0" };

async function readAll() {
  let count = 0;
  for await (const message of createClient(DataProxyService, flyte.transport).tailLogs({
    actionId,
    attempt: 1,
  }))
    for (const batch of message.logs) count += batch.lines.length;
  return count;
}

/** What the heap holds more after `work`, and at most during it; the plane's own copy of the log is there before. */
async function measure(label, work) {
  await work();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().heapUsed)), 5);
  const began = performance.now();
  const result = await work();
  const ms = performance.now() - began;
  clearInterval(timer);
  globalThis.gc?.();
  const kept = process.memoryUsage().heapUsed - before;
  const mb = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  console.log(
    `${label.padEnd(34)}${ms.toFixed(0).padStart(6)} ms  at most +${mb(most - before)}, kept ${mb(kept)}`,
  );
  return result;
}

await measure("the bare stream", readAll);
const last = await measure("get_logs, 100 lines", () => mcp.answer("get_logs", { run_name: name }));
await measure("get_logs, 2,000 lines", () => mcp.answer("get_logs", { run_name: name, max_lines: 2_000 }));
await measure("get_logs, grep without a match", () =>
  mcp.answer("get_logs", { run_name: name, grep: "no such" }),
);
console.log(
  `${last.lines.length} lines in ${JSON.stringify(last).length} bytes, ${last.earlier_lines} before them`,
);
await mcp.close();
await plane.close();
