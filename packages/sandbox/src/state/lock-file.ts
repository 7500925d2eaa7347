import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 3_000;
const EVERY_MS = 50;

/**
 * Takes a state file for this process alone and gives what releases it: two planes on one file would overwrite each
 * other. Waits a moment for one that is just ending; throws when another keeps it.
 */
export async function lockFile(path: string): Promise<() => void> {
  // Two names of one file are one file.
  const lock = `${existsSync(path) ? realpathSync(path) : path}.lock`;
  for (let waited = 0; !tryLock(lock); waited += EVERY_MS) {
    if (waited >= PATIENCE_MS)
      throw new Error(`${path} is in use by another sandbox (process ${readOwner(lock)})`);
    await sleep(EVERY_MS);
  }
  return () => rmSync(lock, { force: true });
}

function tryLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST") throw new Error(`${lock} cannot be written (${code})`, { cause: error });
    // Left behind by a process that was killed.
    if (!isAlive(readOwner(lock))) rmSync(lock, { force: true });
    return false;
  }
}

function readOwner(lock: string): number {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
