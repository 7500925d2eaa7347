import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanEnv, runToEnd, STDIO } from "./built-apps.ts";
import { until } from "./operations/records.ts";

const LIST = [
  {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "t", version: "0" } },
  },
  { jsonrpc: "2.0", id: 2, method: "tools/list" },
]
  .map((message) => `${JSON.stringify(message)}\n`)
  .join("");

const place = () => join(mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-")), "cache");

/** Starts the server with this cache and gives its list; whatever stands in the cache, it must be whole. */
async function listWith(cache: string): Promise<number> {
  const { code, stdout, stderr } = await runToEnd(STDIO, ["--sandbox"], {
    stdin: LIST,
    env: { FLYTE_MCP_CODE_CACHE: cache },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [, list] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { result: { tools?: unknown[] } });
  return list?.result.tools?.length ?? 0;
}

/** Leaves a server running until it has kept its code; gives the file. */
async function fill(cache: string): Promise<string> {
  const child = spawn(process.execPath, [STDIO], {
    env: cleanEnv({ FLYTE_MCP_CODE_CACHE: cache }),
    stdio: ["pipe", "ignore", "ignore"],
  });
  const file = await until(() =>
    existsSync(cache) ? readdirSync(cache).find((name) => name.endsWith(".bin")) : undefined,
  );
  child.kill();
  return join(cache, file);
}

it("keeps its compiled code where only this person can read it, and leaves nothing else", async () => {
  const cache = place();
  const file = await fill(cache);
  expect([statSync(cache).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
  expect(readdirSync(cache)).toHaveLength(1);
  const before = readFileSync(file);
  expect(await listWith(cache)).toBeGreaterThan(30);
  expect(readFileSync(file).equals(before)).toBe(true);
});

it.each<[string, (file: string) => void]>([
  ["truncated", (file) => truncateSync(file, 100_000)],
  ["empty", (file) => truncateSync(file, 0)],
  ["of another program", (file) => writeFileSync(file, "not compiled code ".repeat(50_000))],
  ["damaged", (file) => writeFileSync(file, readFileSync(file).fill(0, 300_000, 308_192))],
  ["writable by others", (file) => chmodSync(file, 0o666)],
])("starts without a cache that is %s", async (_what, spoil) => {
  const cache = place();
  spoil(await fill(cache));
  expect(await listWith(cache)).toBeGreaterThan(30);
});

it("starts without a cache in a folder that others can write to, or that is a link", async () => {
  const cache = place();
  const file = await fill(cache);
  chmodSync(cache, 0o777);
  writeFileSync(file, "");
  expect(await listWith(cache)).toBeGreaterThan(30);
  const link = place();
  symlinkSync(cache, link);
  expect(await listWith(link)).toBeGreaterThan(30);
});

it("starts where no cache can be kept, or none is wanted", async () => {
  const file = place();
  writeFileSync(file, "in the way");
  expect(await listWith(join(file, "below"))).toBeGreaterThan(30);
  expect(await listWith("off")).toBeGreaterThan(30);
  const readOnly = place();
  mkdirSync(readOnly, { mode: 0o500 });
  expect(await listWith(readOnly)).toBeGreaterThan(30);
});

it("says which Node it needs to one that is too old", async () => {
  // What a Node of that version would run, told that it is one.
  const start = readFileSync(STDIO, "utf8").replace(/^#!.*\n/, "");
  const old = join(mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-")), "old.cjs");
  writeFileSync(old, `Object.defineProperty(process.versions, "node", { value: "18.20.8" });${start}`);
  const { code, stdout, stderr } = await runToEnd(old, []);
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "",
    stderr: "flyte-mcp needs Node 20.19 or newer; this is 18.20.8.\n",
  });
});
