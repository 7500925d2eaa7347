import { spawn } from "node:child_process";

const LONGEST_MS = 9_500;
const GRACE_MS = 200;

/**
 * Runs this same command line in a child and ends with its exit code. A look-up of a host name that hangs keeps a
 * process from ending, also by `process.exit`; from outside it can be ended.
 */
export function runInChild(): Promise<never> {
  const args = [...process.execArgv, ...process.argv.slice(1)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  let result: number | undefined;
  const stop = () => child.kill("SIGKILL");
  child.on("message", (code: number) => {
    result = code;
    setTimeout(stop, GRACE_MS);
  });
  setTimeout(stop, LONGEST_MS);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  return new Promise(() => {
    child.on("error", () => process.exit(1));
    child.on("exit", (code) => process.exit(result ?? code ?? 1));
  });
}

/** Ends this process, a child of `runInChild` or not; what is registered for its exit still runs. */
export async function exitWith(code: number): Promise<never> {
  if (process.send) await new Promise<void>((resolve) => void process.send?.(code, () => resolve()));
  process.exit(code);
}
