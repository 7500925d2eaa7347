// Requests per second of the HTTP server beside a bare node:http echo in the same run: node bench/http.mjs [seconds]
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { noteRatio } from "./ratio.mjs";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const SERVER = path("../apps/http/dist/main.js");
const seconds = Number(process.argv[2] ?? 4);
const CONNECTIONS = 10;
const METRICS_PORT = 19_464;
const cwd = mkdtempSync(join(tmpdir(), "flyte-mcp-bench-"));
const env = { PATH: process.env.PATH, HOME: tmpdir() };
const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };

/** The least that an HTTP server of JSON does: reads a body, parses it, writes it. */
function serveEcho() {
  const server = createServer((incoming, response) => {
    const chunks = [];
    incoming.on("data", (chunk) => chunks.push(chunk));
    incoming.on("end", () => {
      const text = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()));
      response.writeHead(200, { "content-type": "application/json" }).end(text);
    });
  });
  server.listen(0, "127.0.0.1", () => console.error(`server at http://127.0.0.1:${server.address().port}/ `));
}

function start(args) {
  const child = spawn(process.execPath, args, { env, cwd, stdio: ["ignore", "ignore", "pipe"] });
  process.once("exit", () => child.kill());
  return new Promise((resolve, reject) => {
    child.stderr.on("data", (chunk) => {
      const [, url] = /server at (http:\S+)/.exec(chunk.toString()) ?? [];
      if (url) resolve({ url, child });
    });
    child.once("exit", (code) => reject(new Error(`${args[0]} ended with ${code}`)));
  });
}

/** Groups are packages. */
function installGroup() {
  const folder = join(cwd, "node_modules", "trivial-group");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"name":"trivial-group","exports":"./index.mjs"}');
  writeFileSync(
    join(folder, "index.mjs"),
    `export { default } from ${JSON.stringify(path("http/trivial-group.mjs"))};`,
  );
}

function post(url, agent, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Sends one message over and over on ten connections. */
async function load(url, message, { forMs = Infinity, calls = Infinity }) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const body = JSON.stringify(message);
  const times = [];
  const end = performance.now() + forMs;
  let begun = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end && begun++ < calls) {
        const began = performance.now();
        const { status, text } = await post(url, agent, body);
        if (status !== 200 || text.includes('"isError":true') || text.includes('"error":{'))
          throw new Error(text);
        times.push(performance.now() - began);
      }
    }),
  );
  agent.destroy();
  return times.sort((a, b) => a - b);
}

/** In slices of a second, each beside one of the echo: whatever else the machine does then slows both. */
async function measure(url, message, echoUrl) {
  await load(url, message, { forMs: 1000 });
  const [times, bare] = [[], []];
  for (let slice = 0; slice < seconds; slice++) {
    bare.push(...(await load(echoUrl, message, { forMs: 1000 })));
    times.push(...(await load(url, message, { forMs: 1000 })));
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)];
  const [perSecond, echo] = [times.length / seconds, bare.length / seconds];
  return { perSecond, echo, p50: at(0.5), p99: at(0.99) };
}

const call = (name, args) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name, arguments: args },
});

async function main() {
  const echo = await start([fileURLToPath(import.meta.url), "echo"]);
  installGroup();
  const server = await start([
    SERVER,
    "--sandbox",
    "--port",
    "0",
    "--group",
    "trivial-group",
    "--metrics-port",
    `${METRICS_PORT}`,
  ]);
  const launched = await post(
    server.url,
    undefined,
    JSON.stringify(call("run_task", { name: "seed.add", inputs: { a: 1 } })),
  );
  const name = /r[a-z0-9]{19}/.exec(launched.text)?.[0];
  const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
  const rows = [
    ["echo", echo.url, ping],
    ["ping", server.url, ping],
    ["trivial tool", server.url, call("do_nothing", { text: "x" })],
    ["tools/list", server.url, { jsonrpc: "2.0", id: 1, method: "tools/list" }],
    ["get_run", server.url, call("get_run", { name })],
  ];
  for (const [title, url, message] of rows) {
    const { perSecond, echo: bare, p50, p99 } = await measure(url, message, echo.url);
    const figures = `${perSecond.toFixed(0).padStart(6)}/s  ${(perSecond / bare).toFixed(3)} of echo`;
    if (url !== echo.url) noteRatio(`http: ${title}`, perSecond, bare, "a second", "bare echo");
    console.log(`${title.padEnd(13)} ${figures}  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms`);
  }
  await measureMemory(server, call("get_run", { name }));
  await measureDrain(server);
  echo.child.kill();
}

async function measureMemory({ url }, message) {
  const resident = async () => {
    const text = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text();
    return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]) / 2 ** 20;
  };
  await load(url, message, { calls: 1000 });
  const after1k = await resident();
  await load(url, message, { calls: 9000 });
  const after10k = await resident();
  noteRatio("http: memory after 10,000 calls", after10k, after1k, "MiB", "after 1,000");
  console.log(`memory: ${after1k.toFixed(0)} MiB, 9,000 get_run later ${after10k.toFixed(0)} MiB`);
}

/** With idle connections open, as clients leave them. */
async function measureDrain({ url, child }) {
  const agent = new Agent({ keepAlive: true });
  await Promise.all(
    Array.from({ length: CONNECTIONS }, () => post(url, agent, '{"jsonrpc":"2.0","id":1,"method":"ping"}')),
  );
  child.removeAllListeners("exit");
  const began = performance.now();
  const code = await new Promise((resolve) => child.once("exit", resolve) && child.kill("SIGTERM"));
  console.log(
    `drain: ${(performance.now() - began).toFixed(0)} ms with ${CONNECTIONS} idle connections, exit ${code}`,
  );
}

if (process.argv[2] === "echo") serveEcho();
else await main();
