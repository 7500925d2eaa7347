import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The built command lines. */
export const STDIO = path("../../apps/stdio/dist/main.js");
export const HTTP = path("../../apps/http/dist/main.js");

// Most starts find the code of an earlier one, as a person's do; src/code-cache.test.ts has those that do not.
const CODE = join(tmpdir(), `flyte-mcp-e2e-code-${process.getuid?.() ?? ""}`);

/** The environment that clients give: little, and none of this machine's Flyte settings. */
export function cleanEnv(extra: Record<string, string> = {}): Record<string, string> {
  const home = mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-"));
  const own = { HOME: home, FLYTE_MCP_CODE_CACHE: CODE };
  return { PATH: process.env["PATH"] ?? "", LANG: "C", TERM: "dumb", ...own, ...extra };
}

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end with the given standard input. */
export function runToEnd(
  file: string,
  args: readonly string[],
  { stdin = "", env = {}, cwd }: { stdin?: string; env?: Record<string, string>; cwd?: string } = {},
): Promise<Finished> {
  const child = spawn(process.execPath, [file, ...args], { env: cleanEnv(env), cwd: cwd ?? tmpdir() });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdin.on("error", () => undefined);
  child.stdin.end(stdin);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...output })));
}

export interface HttpServer {
  url: string;
  stderr(): string;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Its exit code; null where a signal ended it. */
  exited: Promise<number | null>;
}

/** Starts the built HTTP server on a free port and waits until it says where it is. */
export function startHttp(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = tmpdir(),
): Promise<HttpServer> {
  const child = spawn(process.execPath, [HTTP, "--port", "0", ...args], { env: cleanEnv(env), cwd });
  let stderr = "";
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const signal = (name: NodeJS.Signals) => void child.kill(name);
  const stop = async () => {
    signal("SIGTERM");
    await exited;
  };
  return new Promise((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
      const url = /Flyte MCP server at (\S+)/.exec(stderr)?.[1];
      if (url) resolve({ url, stderr: () => stderr, stop, signal, exited });
    });
    child.once("exit", (code) => reject(new Error(`flyte-mcp-http exited with ${code}: ${stderr}`)));
  });
}
