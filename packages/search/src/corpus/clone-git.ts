import { rm } from "node:fs/promises";
import type { Fetch } from "./fetch-error.ts";
import { createFetchError, isFetchError } from "./fetch-error.ts";
import type { Source } from "./read-source.ts";
import { runGit } from "./run-git.ts";
import { unpackTar } from "./unpack-tar.ts";

/**
 * Fetches the newest commit of a repository and writes the files of its folder to `target`. Nothing is checked out: no
 * link is made and no hook or filter of the repository runs.
 */
export async function cloneGit(source: Source, target: string, fetch: Fetch): Promise<void> {
  const { address, ref = "HEAD", shown } = source;
  const folder = (source.folder ?? "").split("/").filter((part) => part !== "" && part !== ".");
  if (folder.includes("..")) throw createFetchError(`The folder "${source.folder}" leads out of ${shown}.`);
  fetch.tell(`Fetching ${shown}`);
  const store = `${target}.git`;
  const inStore = [`--git-dir=${store}`, "-c", "core.hooksPath=/dev/null"];
  try {
    await runGit(["init", "--quiet", "--bare", "--template=", store], source, fetch);
    const shallow = ["--depth", "1", "--no-tags", "--progress", "--no-recurse-submodules"];
    await runGit([...inStore, "fetch", ...shallow, "--", address, ref], source, fetch);
    await archive([...inStore, "archive", "--format=tar"], folder.join("/"), source, target, fetch);
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

async function archive(
  args: readonly string[],
  folder: string,
  source: Source,
  target: string,
  fetch: Fetch,
): Promise<void> {
  const { shown } = source;
  try {
    await runGit([...args, `FETCH_HEAD:${folder}`], source, fetch, (output) =>
      unpackTar(output, { target, shown }),
    );
  } catch (error) {
    const isMissing =
      folder !== "" && isFetchError(error) && /not a valid object|not a tree/.test(error.message);
    throw isMissing ? createFetchError(`There is no folder "${folder}" in ${shown}.`) : error;
  }
}
