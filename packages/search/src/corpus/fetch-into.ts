import { lstat, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cloneGit } from "./clone-git.ts";
import { openDownload } from "./download.ts";
import type { Fetch } from "./fetch-error.ts";
import { createFetchError } from "./fetch-error.ts";
import { fetchText } from "./fetch-text.ts";
import type { Source } from "./read-source.ts";
import { isNoGit } from "./run-git.ts";
import { unpackTar } from "./unpack-tar.ts";

const MOST_TARBALL = 128 * 1024 * 1024;
const GITHUB = /^(https:\/\/github\.com\/[^/]+\/[^/]+?)(\.git)?\/?$/;

/** Fetches what a source has into the folder `target`, which must not be there; throws a fetch error. */
export async function fetchInto(
  target: string,
  source: Source,
  followLinks: boolean,
  fetch: Fetch,
): Promise<void> {
  if (source.kind === "text") return fetchText(source, target, followLinks, fetch);
  if (source.kind === "tarball") return fetchTarball(target, source, fetch);
  try {
    await cloneGit(source, target, fetch);
  } catch (error) {
    const [, repository] = GITHUB.exec(source.address) ?? [];
    if (!isNoGit(error) || repository === undefined) throw error;
    const address = `${repository}/archive/${source.ref ?? "HEAD"}.tar.gz`;
    await fetchTarball(target, { ...source, kind: "tarball", address, shown: address }, fetch);
  }
}

async function fetchTarball(target: string, source: Source, fetch: Fetch): Promise<void> {
  const { folder, shown } = source;
  fetch.tell(`Downloading ${shown}`);
  const whole = `${target}.tar`;
  try {
    const { chunks } = await openDownload(source, MOST_TARBALL, fetch);
    await unpackTar(chunks, { target: whole, folder, shown });
    await keepFolder(whole, source, target);
  } finally {
    await rm(whole, { recursive: true, force: true });
  }
}

/** Moves the folder that a source keeps to `target`; it may be inside the one folder that everything is in. */
async function keepFolder(whole: string, { folder, shown }: Source, target: string): Promise<void> {
  const parts = (folder ?? "").split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw createFetchError(`The folder "${folder}" leads out of ${shown}.`);
  const names = await readdir(whole).catch(() => []);
  const only = names.length === 1 && names[0] !== undefined ? join(whole, names[0]) : undefined;
  const inOnly = only !== undefined && (await lstat(only)).isDirectory() ? [join(only, ...parts)] : [];
  const places = parts.length > 0 ? [join(whole, ...parts), ...inOnly] : [...inOnly, whole];
  for (const place of places) if (await rename(place, target).then(yes, no)) return;
  throw createFetchError(
    parts.length > 0 ? `There is no folder "${folder}" in ${shown}.` : `${shown} has no files.`,
  );
}

const yes = () => true;
const no = () => false;
