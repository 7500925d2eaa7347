import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const EVERY_MS = 25;
// Longer than what is done under it, a request to a token endpoint.
const ABANDONED_MS = 20_000;

/** Does something while no other process that asks for the same lock file does; one that was left behind is taken over. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const owner = randomUUID();
  while (!tryLock(path, owner)) await sleep(EVERY_MS);
  try {
    return await work();
  } finally {
    // Whoever has taken it over meanwhile keeps it.
    if (ownerOf(path) === owner) rmSync(path, { force: true });
  }
}

function tryLock(path: string, owner: string): boolean {
  try {
    writeFileSync(path, owner, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (isAbandoned(path)) takeAway(path, owner);
    return false;
  }
}

/** Of all who find the same lock left behind, one moves it away; the others' moves meet none, or a new one that goes back. */
function takeAway(path: string, owner: string): void {
  const away = `${path}.${owner}`;
  try {
    renameSync(path, away);
  } catch {
    return;
  }
  if (isAbandoned(away)) rmSync(away, { force: true });
  else renameSync(away, path);
}

/** By its age; a time to come is one of a clock that was wrong. */
function isAbandoned(path: string): boolean {
  try {
    return Math.abs(Date.now() - statSync(path).mtimeMs) > ABANDONED_MS;
  } catch {
    return false;
  }
}

function ownerOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
