import { execFile } from "node:child_process";
import type { ExecFileException } from "node:child_process";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Fetch } from "./fetch-error.ts";
import { createFetchError } from "./fetch-error.ts";
import { hideLogin } from "./read-source.ts";
import type { Source } from "./read-source.ts";

const MOST_MS = 180_000;
const MOST_LINE = 300;
const MOST_PACKED = 512 * 1024 * 1024;
const LOOK_EVERY_MS = 500;

/** Never asks for a password, runs no hook or helper of the repository, and fetches no large files kept elsewhere. */
const QUIET = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "true",
  GIT_SSH_COMMAND: "ssh -oBatchMode=yes",
  GIT_LFS_SKIP_SMUDGE: "1",
};
const SAFE = ["core.hooksPath=/dev/null", "core.symlinks=false", "protocol.ext.allow=never"];

/** Clones the newest commit of a repository and moves what is kept of it to `target`. */
export async function cloneGit(
  source: Source,
  target: string,
  { signal, tell }: Fetch,
  most = MOST_PACKED,
): Promise<void> {
  tell(`Cloning ${source.shown}`);
  const clone = `${target}.git`;
  const ref = source.ref ? ["--branch", source.ref] : [];
  const options = ["--depth", "1", "--single-branch", "--no-tags", "--quiet", ...ref];
  const tooLarge = new AbortController();
  const limit = async () => {
    if ((await packedSize(clone)) > most) tooLarge.abort();
  };
  const looking = setInterval(() => void limit(), LOOK_EVERY_MS);
  try {
    const args = [
      ...SAFE.flatMap((value) => ["-c", value]),
      "clone",
      ...options,
      "--",
      source.address,
      clone,
    ];
    await git(args, source, AbortSignal.any([signal, tooLarge.signal])).finally(limit);
    tooLarge.signal.throwIfAborted();
    await rm(join(clone, ".git"), { recursive: true, force: true });
    await keepFolder(clone, source, target);
  } catch (error) {
    if (!tooLarge.signal.aborted) throw error;
    throw createFetchError(`${source.shown} is larger than ${most >> 20} MiB packed and was not kept.`);
  } finally {
    clearInterval(looking);
    await rm(clone, { recursive: true, force: true });
  }
}

/** The bytes of what git has fetched so far. */
async function packedSize(clone: string): Promise<number> {
  const packs = join(clone, ".git", "objects", "pack");
  const names = await readdir(packs).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(packs, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Moves the folder that a source keeps to `target`. */
export async function keepFolder(
  from: string,
  { folder = ".", shown }: Source,
  target: string,
): Promise<void> {
  const parts = folder.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw createFetchError(`The folder "${folder}" leads out of ${shown}.`);
  await rename(join(from, ...parts), target).catch(() => {
    throw createFetchError(`There is no folder "${folder}" in ${shown}.`);
  });
}

function git(args: readonly string[], source: Source, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { signal, timeout: MOST_MS, env: { ...process.env, ...QUIET } };
    execFile("git", args, options, (error, _stdout, stderr) => {
      if (!error) return resolve();
      if (signal.aborted) return reject(error);
      reject(createFetchError(explain(error, stderr, source)));
    });
  });
}

function explain(error: ExecFileException, stderr: string, { address, shown }: Source): string {
  if (error.code === "ENOENT") return `git is not installed, and ${shown} can only be fetched with it.`;
  if (error.killed) return `Cloning ${shown} took longer than three minutes.`;
  const lines = hideLogin(stderr.replaceAll(address, shown)).trim().split("\n");
  return `git could not clone ${shown}: ${(lines.at(-1) ?? "").slice(0, MOST_LINE)}`;
}
