// Packs the built flyte-mcp into dist/flyte-mcp.mcpb and has the bundle's own tool judge it.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { createManifest } from "./manifest.mjs";

const app = fileURLToPath(new URL("../../apps/stdio/", import.meta.url));
const dist = fileURLToPath(new URL("dist/", import.meta.url));
const folder = join(dist, "bundle");
const bundle = join(dist, "flyte-mcp.mcpb");
const mcpb = fileURLToPath(new URL("../../node_modules/.bin/mcpb", import.meta.url));

async function listTools() {
  const client = new Client({ name: "mcpb", version: "0.0.0" });
  const args = [join(app, "dist/main.js"), "--sandbox"];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: "ignore" }));
  const { tools } = await client.listTools();
  await client.close();
  return tools;
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(folder, "server"), { recursive: true });
for (const name of ["dist", "LICENSE", "NOTICE", "README.md", "package.json"])
  cpSync(join(app, name), join(folder, "server", name), { recursive: true });
const manifest = JSON.parse(readFileSync(join(app, "package.json"), "utf8"));
const tools = await listTools();
writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(createManifest(manifest, tools), null, 2)}\n`);
execFileSync(mcpb, ["validate", join(folder, "manifest.json")], { stdio: "inherit" });
execFileSync(mcpb, ["pack", folder, bundle], { stdio: ["ignore", "ignore", "inherit"] });
console.log(
  `${bundle.slice(dist.length)}: ${tools.length} tools, ${Math.round(statSync(bundle).size / 1024)} KiB`,
);
