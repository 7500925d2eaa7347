// How long after a run's own row is terminal wait_for_run answers, beside one bare RPC in the same run:
// npm run build && node bench/wait-for-run.mjs [rounds]
import { createClient } from "@connectrpc/connect";
import { createFlyte } from "@flyte-mcp/core";
import { connectClient } from "@flyte-mcp/core/testing";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { run } from "@flyte-mcp/run";
import { startSandbox } from "@flyte-mcp/sandbox";
import { task } from "@flyte-mcp/task";
import { noteRatio } from "./ratio.mjs";

const rounds = Number(process.argv[2] ?? 20);
const plane = await startSandbox({ paceMs: 100, history: false });
const flyte = createFlyte({ endpoint: plane.url, project: "flytesnacks", domain: "development" });
const mcp = await connectClient({ groups: [task, run], flyte });
const runs = createClient(RunService, flyte.transport);

const lags = [];
const bare = [];
for (let round = 0; round < rounds; round++) {
  const { name } = await mcp.answer("run_task", { name: "seed.add", inputs: { a: round } });
  const answer = await mcp.answer("wait_for_run", { name });
  lags.push(Date.now() - Date.parse(answer.ended_at));
  const began = performance.now();
  await runs.getRunDetails({ runId: { project: "flytesnacks", domain: "development", name } });
  bare.push(performance.now() - began);
}
await mcp.close();
await plane.close();

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const [lag, call] = [median(lags), median(bare)];
console.log(
  `answer after the end  ${lag.toFixed(0)} ms  ${(lag / call).toFixed(1)}x  [max ${Math.max(...lags)}]`,
);
console.log(`one bare RPC          ${call.toFixed(1)} ms  1.0x`);
noteRatio("wait_for_run: answer after the end", lag, call, "ms", "one bare RPC");
