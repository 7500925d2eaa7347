// What list_actions and diagnose_run cost on a run with many actions: calls, time and size of the answer.
// Usage: node bench/actions.mjs [ACTIONS]   (after npm run build)
import { performance } from "node:perf_hooks";
import { createClient } from "@connectrpc/connect";
import { connectClient } from "@flyte-mcp/core/testing";
import { createFlyte } from "@flyte-mcp/core";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { action } from "@flyte-mcp/action";
import { run } from "@flyte-mcp/run";
import { startSandbox } from "@flyte-mcp/sandbox";
import { noteRatio } from "./ratio.mjs";

const count = Number(process.argv[2] ?? 1000);
const scope = { project: "flytesnacks", domain: "development" };
const { url, sandbox, close } = await startSandbox({ paceMs: 1, history: false });
const flyte = createFlyte({ endpoint: url, ...scope });
const runs = createClient(RunService, flyte.transport);
const name = "wide";
const integer = { value: { case: "integer", value: BigInt(count - 2) } };
const value = { value: { case: "scalar", value: { value: { case: "primitive", value: integer } } } };
await runs.createRun({
  id: { case: "runId", value: { ...scope, name } },
  task: { case: "taskId", value: { ...scope, name: "seed.fan_fail", version: "v2" } },
  inputWrapper: { case: "inputs", value: { literals: [{ name: "n", value }] } },
});
const actionId = { run: { ...scope, name }, name: "a0" };
const phase = async () => (await runs.getActionDetails({ actionId })).details?.status?.phase ?? 0;
while ((await phase()) < 5) await new Promise((resolve) => setTimeout(resolve, 100));

const { client, answer } = await connectClient({ groups: [run, action], flyte });
await answer("get_run", { name });

async function measure(title, tool, args) {
  const times = [];
  let [calls, bytes] = [0, 0];
  for (let round = 0; round < 5; round++) {
    const before = sandbox.calls().length;
    const began = performance.now();
    const got = await answer(tool, args);
    times.push(performance.now() - began);
    calls = sandbox.calls().length - before;
    bytes = JSON.stringify(got).length;
  }
  times.sort((a, b) => a - b);
  noteRatio(`actions: ${title}, ${count} actions`, times[2], bare, "ms", "one bare RPC");
  console.log(
    `${title.padEnd(30)} ${String(calls).padStart(3)} calls ${times[2].toFixed(0).padStart(6)} ms ${String(bytes).padStart(7)} bytes`,
  );
}

console.log(`a run with ${count} actions`);
const began = performance.now();
await runs.getActionDetails({ actionId });
const bare = performance.now() - began;
console.log(`one bare RPC: ${bare.toFixed(1)} ms`);
await measure("list_actions", "list_actions", { run_name: name });
await measure("list_actions, failed only", "list_actions", { run_name: name, failed_only: true });
await measure("diagnose_run", "diagnose_run", { name });
await client.close();
await close();
