import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { createFetchError, isFetchError } from "./fetch-error.ts";
import { readTar } from "./read-tar.ts";

const GZIP = [0x1f, 0x8b] as const;

export interface Unpack {
  /** Where the files are written; made when there is one. */
  target: string;
  /** Only files of this folder, which may be inside the one that all are in. */
  folder?: string | undefined;
  /** What the tarball is called in errors. */
  shown: string;
}

/** Writes the files of a tarball, packed or not; links are left out, and a path that leads out of it is refused. */
export async function unpackTar(
  chunks: AsyncIterable<Buffer>,
  { target, folder, shown }: Unpack,
): Promise<void> {
  const wanted = `/${(folder ?? "").split("/").filter(Boolean).join("/")}`;
  for await (const { path, bytes } of readTar(inflate(chunks, shown), shown)) {
    const parts = partsOf(path, shown);
    const isWanted = [parts, parts.slice(1)].some((inside) => `/${inside.join("/")}`.startsWith(wanted));
    if (parts.length === 0 || !isWanted) continue;
    const file = join(target, ...parts);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, bytes, { mode: 0o600 });
  }
}

function partsOf(path: string, shown: string): string[] {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (path.startsWith("/") || /[\\\0]|^[a-z]:/i.test(path) || parts.includes(".."))
    throw createFetchError(`${shown} has a path that leads out of it, and was not kept.`);
  return parts;
}

async function* inflate(chunks: AsyncIterable<Buffer>, shown: string): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done === true) return;
  const all = async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => source };
  };
  if (!GZIP.every((byte, place) => first.value[place] === byte)) return yield* all();
  const gunzip = createGunzip();
  const done = pipeline(Readable.from(all()), gunzip);
  // What fails shows in the loop below, which reads to the end.
  done.catch(() => undefined);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    if (isFetchError(error) || !("code" in (error as object))) throw error;
    throw createFetchError(`${shown} cannot be unpacked.`);
  }
}
