import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { createFetchError } from "./fetch-error.ts";

const BLOCK = 512;
const MOST_UNPACKED = 512 * 1024 * 1024;
const MOST_FILES = 50_000;
const GZIP = 0x1f8b;

interface TarFile {
  path: string;
  bytes: Buffer;
}

/** Writes the files of a tarball below a folder; links are left out, and a path that leads out of it is refused. */
export async function unpackTar(packed: Buffer, folder: string, shown: string): Promise<void> {
  const bytes = await inflate(packed, shown);
  const files = [...readTar(bytes, shown)];
  if (files.length === 0) throw createFetchError(`${shown} is no tarball, or has no files.`);
  const top = commonFolder(files);
  for (const { path, bytes: content } of files) {
    const parts = path
      .split("/")
      .slice(top)
      .filter((part) => part !== "" && part !== ".");
    if (parts.includes("..") || path.startsWith("/") || path.includes("\0") || path.includes("\\"))
      throw createFetchError(`${shown} has a path that leads out of it, and was not kept.`);
    const target = join(folder, ...parts);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, { mode: 0o600 });
  }
}

async function inflate(packed: Buffer, shown: string): Promise<Buffer> {
  if (packed.length < 2 || packed.readUInt16BE(0) !== GZIP) return packed;
  return promisify(gunzip)(packed, { maxOutputLength: MOST_UNPACKED }).catch(() => {
    throw createFetchError(
      `${shown} cannot be unpacked, or is larger than ${MOST_UNPACKED >> 20} MiB unpacked.`,
    );
  });
}

/** 1 when all files are in one folder, as in the tarballs that code hosts make. */
function commonFolder(files: readonly TarFile[]): number {
  const tops = new Set(files.map(({ path }) => path.slice(0, path.indexOf("/") + 1)));
  return tops.size === 1 && !tops.has("") ? 1 : 0;
}

function* readTar(bytes: Buffer, shown: string): Generator<TarFile> {
  let [place, longPath, count] = [0, "", 0];
  while (place + BLOCK <= bytes.length && bytes[place] !== 0) {
    const field = (from: number, length: number) =>
      bytes.toString("utf8", place + from, place + from + length).replace(/\0.*$/s, "");
    const size = Number.parseInt(field(124, 12).trim() || "0", 8);
    const end = place + BLOCK + size;
    if (!Number.isSafeInteger(size) || size < 0 || end > bytes.length)
      throw createFetchError(`${shown} is cut off or no tarball.`);
    const content = bytes.subarray(place + BLOCK, end);
    const kind = field(156, 1);
    const prefix = field(257, 5) === "ustar" ? field(345, 155) : "";
    const path = longPath || (prefix ? `${prefix}/${field(0, 100)}` : field(0, 100));
    if (kind === "x") longPath = /\d+ path=([^\n]+)\n/.exec(content.toString("utf8"))?.[1] ?? "";
    else if (kind === "L") longPath = content.toString("utf8").replace(/\0.*$/s, "");
    else if (kind !== "g") {
      longPath = "";
      if (++count > MOST_FILES) throw createFetchError(`${shown} has more than ${MOST_FILES} files.`);
      if (kind === "0" || kind === "") yield { path, bytes: content };
    }
    place = end + (-size & (BLOCK - 1));
  }
}
