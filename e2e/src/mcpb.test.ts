import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { cleanEnv, runToEnd } from "./built-apps.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const BUNDLE = path("../../tools/mcpb/dist/flyte-mcp.mcpb");
const MCPB = path("../../node_modules/.bin/mcpb");

interface Manifest {
  version: string;
  server: { mcp_config: { command: string; args: string[]; env: Record<string, string> } };
  tools: { name: string }[];
  user_config: Record<string, { default: string | boolean }>;
}

let folder = "";
let manifest: Manifest;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "flyte-mcp-bundle-"));
  const { code, stderr } = await runToEnd(MCPB, ["unpack", BUNDLE, folder]);
  expect([code, stderr]).toEqual([0, ""]);
  manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts the server as a client does that has unpacked the bundle and asked its person. */
async function connect(answers: Record<string, string | boolean>) {
  const { args, env } = manifest.server.mcp_config;
  const defaults = Object.entries(manifest.user_config).map(([key, question]) => [key, question.default]);
  const known: Record<string, string | boolean> = { ...Object.fromEntries(defaults), ...answers };
  const fill = (text: string) =>
    text
      .replace("${__dirname}", folder)
      .replace(/\$\{user_config\.(\w+)\}/g, (_all, key: string) => String(known[key]));
  const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]));
  const client = new Client({ name: "bundle", version: "0.0.0" });
  const command = { command: process.execPath, args: args.map(fill), env: cleanEnv(filled) };
  await client.connect(new StdioClientTransport({ ...command, stderr: "ignore" }));
  return client;
}

const namesOf = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name);

it("starts with nothing answered, and lists the tools that its manifest promises", async () => {
  const client = await connect({});
  expect(await namesOf(client)).toEqual(manifest.tools.map(({ name }) => name));
  const { isError, content } = await client.callTool({ name: "list_tasks", arguments: {} });
  expect([isError, JSON.stringify(content)]).toEqual([true, expect.stringContaining("FLYTE_ENDPOINT")]);
  await client.close();
});

it("answers from the sandbox where that is wished for", async () => {
  const client = await connect({ sandbox: true });
  const { structuredContent } = await client.callTool({ name: "list_tasks", arguments: {} });
  expect(JSON.stringify(structuredContent)).toContain("seed.add");
  await client.close();
});

it("changes nothing where only looking is wished for", async () => {
  const client = await connect({ sandbox: true, read_only: true });
  expect(await namesOf(client)).not.toContain("run_task");
  await client.close();
});

it("is of the version of the package", () => {
  const { version } = JSON.parse(readFileSync(path("../../apps/stdio/package.json"), "utf8")) as Manifest;
  expect(manifest.version).toBe(version);
});
