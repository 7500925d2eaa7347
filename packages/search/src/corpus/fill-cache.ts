import { randomUUID } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fetch } from "./fetch-error.ts";
import { createFetchError } from "./fetch-error.ts";
import { fetchInto } from "./fetch-into.ts";
import type { Source } from "./read-source.ts";

const STALE_MS = 60 * 60 * 1000;
const NOTE = "current.json";

export interface CachePlace {
  /** The folder that holds the versions of one corpus. */
  folder: string;
  source: Source;
  followLinks: boolean;
}

/** A version of a corpus in the cache. */
export interface Cached {
  folder: string;
  /** When it was fetched, in ISO 8601. */
  fetched: string;
}

interface Note {
  version: string;
  fetched: string;
  source: string;
}

/** The version in force, or undefined where the cache has none of this source. */
export async function findCached({ folder, source, followLinks }: CachePlace): Promise<Cached | undefined> {
  const note = await readNote(folder);
  if (note?.source !== describe(source, followLinks)) return undefined;
  const versionFolder = join(folder, note.version);
  const isThere = await stat(versionFolder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isThere ? { folder: versionFolder, fetched: note.fetched } : undefined;
}

/** Fetches a new version and puts it in force; readers see the old one or the new one, whole. Throws a fetch error. */
export async function fillCache(place: CachePlace, fetch: Fetch): Promise<Cached> {
  const { folder, source, followLinks } = place;
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => {
    throw createFetchError(`The folder ${folder} cannot be written.`);
  });
  const version = randomUUID();
  const part = join(folder, `${version}.part`);
  try {
    await fetchInto(part, source, followLinks, fetch);
    if ((await readdir(part).catch(() => [])).length === 0)
      throw createFetchError(`${source.shown} has no files.`);
    fetch.signal.throwIfAborted();
    await rename(part, join(folder, version));
    const before = await readNote(folder);
    const note: Note = {
      version,
      fetched: new Date().toISOString(),
      source: describe(source, followLinks),
    };
    await writeNote(folder, note);
    await removeOld(folder, [version, before?.version]);
    return { folder: join(folder, version), fetched: note.fetched };
  } finally {
    await rm(part, { recursive: true, force: true });
    // Gone only where nothing else is in it.
    await rmdir(folder).catch(() => undefined);
  }
}

async function readNote(folder: string): Promise<Note | undefined> {
  const text = await readFile(join(folder, NOTE), "utf8").catch(() => "");
  try {
    const note = JSON.parse(text) as Note;
    return /^[0-9a-f-]{36}$/.test(note.version) ? note : undefined;
  } catch {
    return undefined;
  }
}

async function writeNote(folder: string, note: Note): Promise<void> {
  const fresh = join(folder, `${note.version}.note`);
  await writeFile(fresh, JSON.stringify(note), { mode: 0o600 });
  await rename(fresh, join(folder, NOTE));
}

/** Removes what is an hour old, but for the versions to keep: another process may still fill or read what is younger. */
async function removeOld(folder: string, keep: readonly (string | undefined)[]): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name === NOTE || keep.includes(name.split(".")[0])) continue;
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > STALE_MS)
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

function describe({ kind, shown, ref, folder }: Source, followLinks: boolean): string {
  return JSON.stringify({ kind, shown, ref, folder, followLinks });
}
