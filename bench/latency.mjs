// What the stdio server adds to get_run over the bare RPC behind it, both over one connection to one sandbox:
// npm run build && node bench/latency.mjs [rounds]
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { createClient } from "@connectrpc/connect";
import { createFlyte } from "@flyte-mcp/core";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { startSandbox } from "@flyte-mcp/sandbox";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { noteRatio } from "./ratio.mjs";

const SERVER = fileURLToPath(new URL("../apps/stdio/dist/main.js", import.meta.url));
const SCOPE = { project: "flytesnacks", domain: "development" };
const NAME = "demo-add-1";
const WARM_UP = 50;

const rounds = Number(process.argv[2] ?? 300);
const plane = await startSandbox();
const runs = createClient(RunService, createFlyte({ endpoint: plane.url, ...SCOPE }).transport);
const env = {
  PATH: process.env.PATH,
  HOME: tmpdir(),
  FLYTE_ENDPOINT: plane.url,
  FLYTE_PROJECT: SCOPE.project,
  FLYTE_DOMAIN: SCOPE.domain,
};
const mcp = new Client({ name: "bench", version: "0" });
await mcp.connect(new StdioClientTransport({ command: process.execPath, args: [SERVER], env }));

const callTool = async () => {
  const { isError, content } = await mcp.callTool({ name: "get_run", arguments: { name: NAME } });
  if (isError) throw new Error(content[0].text);
};
const callPlane = () => runs.getRunDetails({ runId: { ...SCOPE, name: NAME } });

async function time(call) {
  const began = performance.now();
  await call();
  return performance.now() - began;
}

for (let round = 0; round < WARM_UP; round++) await callTool().then(callPlane);
const before = plane.sandbox.calls().length;
const [tool, bare] = [[], []];
for (let round = 0; round < rounds; round++) {
  tool.push(await time(callTool));
  bare.push(await time(callPlane));
}
const rpcs = (plane.sandbox.calls().length - before) / rounds - 1;
await mcp.close();
await plane.close();

const at = (values, part) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)];
const show = (what, values) => {
  const [min, median, p95] = [0, 0.5, 0.95].map((part) => at(values, part).toFixed(2));
  console.log(`${what.padEnd(14)} ${median} ms  [min ${min}, p95 ${p95}]`);
};
show("get_run", tool);
show("one bare RPC", bare);
console.log(
  `added          ${(at(tool, 0.5) - at(bare, 0.5)).toFixed(2)} ms, at ${rpcs.toFixed(2)} RPCs a call`,
);
noteRatio("latency: get_run over stdio", at(tool, 0.5), at(bare, 0.5), "ms", "one bare RPC");
