// Spawn to the answers of initialize and tools/list, beside a bare `node -e 0` in the same run: node bench/start.mjs [rounds]
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { noteRatio } from "./ratio.mjs";

const SERVER = fileURLToPath(new URL("../apps/stdio/dist/main.js", import.meta.url));
const rounds = Number(process.argv[2] ?? 10);
// NODE_EXTRA_CA_CERTS costs some 80 ms at every start of Node 20 and would hide what is measured.
const env = { PATH: process.env.PATH, HOME: mkdtempSync(join(tmpdir(), "flyte-mcp-bench-")) };
const REQUESTS = [
  {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "bench", version: "0" } },
  },
  { jsonrpc: "2.0", method: "notifications/initialized" },
  { jsonrpc: "2.0", id: 2, method: "tools/list" },
];

function timeBareNode() {
  const began = performance.now();
  return new Promise((resolve) =>
    spawn(process.execPath, ["-e", "0"], { env }).on("exit", () => resolve(performance.now() - began)),
  );
}

/** Milliseconds from spawn to each answer, and the characters of the tool list. */
function timeServer(keepMs = 0) {
  const began = performance.now();
  const child = spawn(process.execPath, [SERVER], { env, cwd: tmpdir(), stdio: ["pipe", "pipe", "ignore"] });
  const seen = {};
  let text = "";
  child.stdin.write(REQUESTS.map((request) => `${JSON.stringify(request)}\n`).join(""));
  return new Promise((resolve) => {
    child.stdout.on("data", (chunk) => {
      text += chunk;
      for (const line of text.split("\n").slice(0, -1)) {
        const { id, result } = JSON.parse(line);
        seen[id] ??= performance.now() - began;
        if (id === 2)
          Object.assign(seen, {
            characters: JSON.stringify(result.tools).length,
            resident: resident(child.pid),
          });
      }
      text = text.slice(text.lastIndexOf("\n") + 1);
      if (seen[2] !== undefined) setTimeout(() => child.kill(), keepMs);
    });
    child.on("exit", () => resolve(seen));
  });
}

/** MiB in memory, where the system tells. */
function resident(pid) {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return NaN;
  }
}

/** MiB of a Node that does nothing. */
function bareResident() {
  const child = spawn(process.execPath, ["-e", "console.log(1); setTimeout(() => {}, 5000)"], { env });
  return new Promise((resolve) =>
    child.stdout.once("data", () => {
      resolve(resident(child.pid));
      child.kill();
    }),
  );
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
// The first start keeps its compiled code for the others.
const first = await timeServer(2_000);
const samples = [];
for (let round = 0; round < rounds + 1; round++) {
  const sample = { node: await timeBareNode(), ...(await timeServer()) };
  // The first round fills the file cache.
  if (round > 0) samples.push(sample);
}
const node = median(samples.map((sample) => sample.node));
for (const [name, key] of [
  ["node -e 0", "node"],
  ["initialize", 1],
  ["tools/list", 2],
]) {
  const values = samples.map((sample) => sample[key]);
  const middle = median(values);
  console.log(
    `${name.padEnd(12)} ${middle.toFixed(0).padStart(5)} ms  ${(middle / node).toFixed(1)}x  [min ${Math.min(...values).toFixed(0)}]`,
  );
}
console.log(`tools/list is ${samples[0].characters} characters`);
const memory = median(samples.map((sample) => sample.resident));
console.log(
  `memory after the list ${memory.toFixed(0)} MiB; the first start of all, without compiled code: ${first[1].toFixed(0)} ms`,
);
const at = (key) => median(samples.map((sample) => sample[key]));
noteRatio("start: initialize", at(1), node, "ms", "node -e 0");
noteRatio("start: tools/list", at(2), node, "ms", "node -e 0");
noteRatio("start: initialize, no code kept", first[1], node, "ms", "node -e 0");
noteRatio("start: memory after the list", memory, await bareResident(), "MiB", "an idle node");
