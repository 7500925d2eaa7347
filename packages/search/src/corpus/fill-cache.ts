import { randomUUID } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { cloneGit, keepFolder } from "./clone-git.ts";
import { download } from "./download.ts";
import type { Fetch } from "./fetch-error.ts";
import { createFetchError } from "./fetch-error.ts";
import { fetchText } from "./fetch-text.ts";
import type { Source } from "./read-source.ts";
import { unpackTar } from "./unpack-tar.ts";

const MOST_TARBALL = 128 * 1024 * 1024;
const STALE_MS = 60 * 60 * 1000;

export interface CachePlace {
  /** The folder that holds the corpus. */
  folder: string;
  source: Source;
  followLinks: boolean;
}

/** Whether the cache holds a corpus of this source. */
export async function isFilled({ folder, source, followLinks }: CachePlace): Promise<boolean> {
  const note = await readFile(noteOf(folder), "utf8").catch(() => undefined);
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isThere && note === describe(source, followLinks);
}

/** Fills the cache from a source; readers see the old corpus or the new one, whole. Throws a fetch error. */
export async function fillCache({ folder, source, followLinks }: CachePlace, fetch: Fetch): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 }).catch(() => {
    throw createFetchError(`The folder ${dirname(folder)} cannot be written.`);
  });
  await removeStale(folder);
  const fresh = `${folder}.part-${randomUUID()}`;
  try {
    await fetchInto(fresh, source, followLinks, fetch);
    if ((await readdir(fresh)).length === 0) throw createFetchError(`${source.shown} is empty.`);
    fetch.signal.throwIfAborted();
    await replace(folder, fresh);
    await writeFile(noteOf(folder), describe(source, followLinks));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function fetchInto(target: string, source: Source, followLinks: boolean, fetch: Fetch): Promise<void> {
  if (source.kind === "git") return cloneGit(source, target, fetch);
  if (source.kind === "text") return fetchText(source, target, followLinks, fetch);
  fetch.tell(`Downloading ${source.shown}`);
  const { bytes } = await download(source, MOST_TARBALL, fetch);
  const whole = `${target}.tar`;
  try {
    await unpackTar(bytes, whole, source.shown);
    await keepFolder(whole, source, target);
  } finally {
    await rm(whole, { recursive: true, force: true });
  }
}

/** Puts `fresh` in the place of `folder`; another process that does the same at once may win, which is as good. */
async function replace(folder: string, fresh: string): Promise<void> {
  const old = `${folder}.part-${randomUUID()}`;
  await rename(folder, old).catch(() => undefined);
  await rename(fresh, folder).catch(async (error: unknown) => {
    await stat(folder).catch(() => {
      throw error;
    });
  });
  await rm(old, { recursive: true, force: true });
}

/** Removes what a process that was killed left behind. */
async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.part-`)) continue;
    const path = join(dirname(folder), name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > STALE_MS) await rm(path, { recursive: true, force: true });
  }
}

function noteOf(folder: string): string {
  return `${folder}.source`;
}

function describe({ kind, shown, ref, folder }: Source, followLinks: boolean): string {
  return JSON.stringify({ kind, shown, ref, folder, followLinks });
}
