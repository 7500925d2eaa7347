import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { refuse } from "./refuse.ts";

/** A mebibyte, which is what Kubernetes holds in a secret. */
export const MOST_BYTES = 1024 * 1024;

const FOLDER = "the server's folder of secrets";

/** The bytes of a file below `dir`; throws a tool error for one outside, also by a link, and for what is no file. */
export async function readSecretFile(
  path: string,
  dir: string | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  // A path that leaves is refused before anything is looked up: whether a file exists elsewhere is nobody's business.
  if (dir === undefined || path.includes("\0") || !isBelow(dir, resolve(dir, path))) throw outside();
  const home = await realpath(dir).catch(() => undefined);
  const real = await realpath(resolve(dir, path)).catch(() => undefined);
  if (home === undefined || real === undefined) throw refuse(`There is no such file in ${FOLDER}.`);
  if (!isBelow(home, real)) throw outside();
  return readWhole(real);
}

function outside() {
  return refuse(
    `The file is not in ${FOLDER}.`,
    "Give a path relative to that folder; links out of it are not followed.",
  );
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(resolve(folder), path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer>> {
  // A link put there meanwhile is not followed, and a pipe does not block.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(path, flags).catch(() => undefined);
  if (handle === undefined) throw refuse(`The file in ${FOLDER} cannot be read.`);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw refuse(`That is not a file in ${FOLDER}.`);
    if (found.size > MOST_BYTES) throw refuse("The file is larger than 1 MiB.");
    if (found.size === 0) throw refuse("The file is empty.");
    const bytes = new Uint8Array(found.size);
    const { bytesRead } = await handle.read(bytes, 0, found.size, 0);
    return bytes.slice(0, bytesRead);
  } finally {
    await handle.close();
  }
}
