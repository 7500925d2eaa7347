import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createToolError } from "../errors/tool-error.ts";
import type { ToolError } from "../errors/tool-error.ts";

const LONGEST_MS = 30_000;
const MOST_BYTES = 1024 * 1024;

/**
 * The token that a command prints. It runs without a shell, for 30 s and 1 MiB at most; what it says on stderr is not
 * shown, since it may hold secrets. Throws a tool error.
 */
export async function runTokenCommand(argv: readonly string[], longestMs = LONGEST_MS): Promise<string> {
  const [file = "", ...args] = argv;
  const printed = await run(file, args, longestMs);
  const token = printed.trim().replace(/^bearer\s+/i, "");
  if (token === "") throw refuse(file, "prints nothing");
  if (!/^[\x21-\x7e]+$/.test(token)) throw refuse(file, "prints more than a token");
  return token;
}

function run(file: string, args: readonly string[], longestMs: number): Promise<string> {
  const child = start(file, args);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (what: string) => {
      clearTimeout(timer);
      process.off("exit", abandon);
      end(child);
      reject(refuse(file, what));
    };
    const abandon = () => end(child);
    // Who exits while the command runs must not leave it behind.
    process.once("exit", abandon);
    const timer = setTimeout(() => fail(`has not ended within ${longestMs / 1000} s`), longestMs);
    child.on("error", (error: NodeJS.ErrnoException) => fail(`cannot be started (${error.code})`));
    child.stdout.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) fail("prints more than 1 MiB");
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      process.off("exit", abandon);
      if (code === 0) resolve(Buffer.concat(chunks).toString("utf8"));
      else reject(refuse(file, code === null ? `was ended by ${signal}` : `ended with exit code ${code}`));
    });
  });
}

function start(file: string, args: readonly string[]) {
  // A group of its own, so that what it started ends with it.
  const detached = process.platform !== "win32";
  try {
    return spawn(file, args, { stdio: ["ignore", "pipe", "ignore"], detached, windowsHide: true });
  } catch (error) {
    // Node's own sentence repeats the argument that it does not take.
    throw refuse(file, `cannot be started (${(error as NodeJS.ErrnoException).code})`);
  }
}

function end(child: ChildProcess): void {
  child.stdout?.destroy();
  try {
    if (child.pid !== undefined && process.platform !== "win32") process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function refuse(file: string, what: string): ToolError {
  return createToolError({
    code: "unauthenticated",
    message: `The command ${file}, which is to print a token for Flyte, ${what}.`,
    hint: "Run it in a terminal to see why; it is set by --auth-command, FLYTE_AUTH_COMMAND or admin.command, and for a proxy by --proxy-command.",
  });
}
