import { spawn } from "node:child_process";

const LONGEST_MS = 9_500;
const GRACE_MS = 200;
const TOO_LATE =
  "The doctor has not come to an end within ten seconds: this machine is busy, or what it looks at hangs. Try again.";

/**
 * Runs this same command line in a child and ends with its exit code. A look-up of a host name that hangs keeps a
 * process from ending, also by `process.exit`; from outside it can be ended. Throws when it has said nothing by then.
 */
export function runInChild(): Promise<never> {
  const args = [...process.execArgv, ...process.argv.slice(1)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  let result: number | undefined;
  const kill = () => child.kill("SIGKILL");
  // First in a way that lets it end the commands that it has started.
  const stop = () => {
    child.kill("SIGTERM");
    setTimeout(kill, GRACE_MS);
  };
  child.on("message", (code: number) => {
    result = code;
    setTimeout(kill, GRACE_MS);
  });
  let isLate = false;
  // Counted from the start of this process, which takes its time on a busy machine.
  setTimeout(() => {
    isLate = true;
    stop();
  }, LONGEST_MS - performance.now());
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  return new Promise((_, reject) => {
    child.on("error", () => process.exit(1));
    child.on("exit", (code) => {
      if (isLate && result === undefined) reject(new Error(TOO_LATE));
      else process.exit(result ?? code ?? 1);
    });
  });
}

/** Lets this process, a child of `runInChild`, end when it is told to or left alone, and run what is registered for its exit. */
export function endWithParent(): void {
  const end = () => process.exit(1);
  process.once("SIGINT", end).once("SIGTERM", end).once("disconnect", end);
  // To listen for the parent's end must not keep alive what ends by itself, as by an error.
  process.channel?.unref();
}

/** Ends this process, a child of `runInChild` or not; what is registered for its exit still runs. */
export async function exitWith(code: number): Promise<never> {
  if (process.send) await new Promise<void>((resolve) => void process.send?.(code, () => resolve()));
  process.exit(code);
}
