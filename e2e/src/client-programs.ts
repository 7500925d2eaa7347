import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { HTTP, STDIO, runToEnd } from "./built-apps.ts";
import type { CallTool } from "./journey.ts";
import type { Answer } from "./sdk-client.ts";

const program = (relative: string) =>
  fileURLToPath(new URL(`../clients/node_modules/${relative}`, import.meta.url));

const INSPECTOR = program(".bin/mcp-inspector");
const MCPORTER = program(".bin/mcporter");
/** The public suite that judges servers of MCP. */
export const CONFORMANCE = program("@modelcontextprotocol/conformance/dist/index.js");

/** Whether the client programs are installed; the `clients` target of this project installs them. */
export const areInstalled = existsSync(INSPECTOR) && existsSync(MCPORTER);
export const isConformanceInstalled = existsSync(CONFORMANCE);

/** Where a server is: a command to launch, or an address. */
export type Server = { command: readonly string[] } | { url: string };

export const stdioServer = (...args: string[]): Server => ({ command: [process.execPath, STDIO, ...args] });
export const builtApps = { HTTP, STDIO };

/** Runs the Inspector's command line. */
export function inspect(server: Server, args: readonly string[]) {
  const target = "url" in server ? [server.url, "--transport", "http"] : server.command;
  return runToEnd(INSPECTOR, ["--cli", ...target, ...args]);
}

/** Calls one tool by the Inspector. */
export function inspectorCall(server: Server): CallTool {
  return async (name, args = {}) => {
    const pairs = Object.entries(args).flatMap(([key, value]) => ["--tool-arg", `${key}=${asText(value)}`]);
    const { stdout, stderr } = await inspect(server, [
      "--method",
      "tools/call",
      "--tool-name",
      name,
      ...pairs,
    ]);
    return structured(stdout, stderr);
  };
}

/** Calls one tool by mcporter. */
export function mcporterCall(server: Server): CallTool {
  return async (name, args = {}) => {
    const target =
      "url" in server
        ? ["--http-url", server.url, "--allow-http"]
        : ["--stdio", server.command.map((part) => JSON.stringify(part)).join(" ")];
    const given = ["--args", JSON.stringify(args), "--output", "json"];
    const { stdout, stderr } = await runToEnd(MCPORTER, ["call", ...target, name, ...given]);
    return readJson(stdout, stderr);
  };
}

/** The Inspector prints the whole result, mcporter what is structured in it. */
function structured(stdout: string, stderr: string): Answer {
  const { structuredContent } = readJson(stdout, stderr) as { structuredContent?: Answer };
  if (!structuredContent) throw new Error(`no structured answer in: ${stdout}`);
  return structuredContent;
}

function readJson(stdout: string, stderr: string): Answer {
  const begin = stdout.indexOf("{");
  if (begin < 0) throw new Error(`no JSON in: ${stdout}\n${stderr}`);
  return JSON.parse(stdout.slice(begin)) as Answer;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
