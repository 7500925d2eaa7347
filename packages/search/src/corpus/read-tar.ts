import { createFetchError } from "./fetch-error.ts";

const BLOCK = 512;
const MOST_BYTES = 512 * 1024 * 1024;
const MOST_FILES = 20_000;
/** What is longer is no example, and is passed over. */
const MOST_FILE = 8 * 1024 * 1024;
const MOST_HEAD = 64 * 1024;

export interface TarFile {
  path: string;
  bytes: Buffer;
}

interface Head {
  path: string;
  size: number;
  kind: string;
}

/** The plain files of a tar, one at a time; links and devices are left out. Throws a fetch error where it is none or has too much. */
export async function* readTar(chunks: AsyncIterable<Buffer>, shown: string): AsyncGenerator<TarFile> {
  const { take, skip } = createReader(chunks, () => createFetchError(`${shown} is cut off.`));
  let [longPath, files, size] = ["", 0, 0];
  for (;;) {
    const block = await take(BLOCK, true);
    if (block === undefined || block.every((byte) => byte === 0)) return;
    const head = readHead(block);
    if (head === undefined) throw createFetchError(`${shown} is no tarball.`);
    size += head.size;
    if (size > MOST_BYTES)
      throw createFetchError(`${shown} is larger than ${MOST_BYTES >> 20} MiB unpacked.`);
    const padding = -head.size & (BLOCK - 1);
    if (isLongName(head)) {
      if (head.size > MOST_HEAD) throw createFetchError(`${shown} has a name that is too long.`);
      longPath = longPathOf(head.kind, (await take(head.size))?.toString("utf8") ?? "") || longPath;
      await skip(padding);
    } else {
      const path = longPath || head.path;
      longPath = "";
      const isFile = head.kind === "0" || head.kind === "";
      if (!isFile || head.size > MOST_FILE) await skip(head.size + padding);
      else {
        if (++files > MOST_FILES) throw createFetchError(`${shown} has more than ${MOST_FILES} files.`);
        yield { path, bytes: (await take(head.size)) ?? Buffer.alloc(0) };
        await skip(padding);
      }
    }
  }
}

function readHead(block: Buffer): Head | undefined {
  const field = (from: number, length: number) =>
    block.toString("utf8", from, from + length).replace(/\0.*$/s, "");
  const size = field(124, 12).trim();
  // The sum counts itself as eight spaces.
  const sum = block.reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 32 : byte), 0);
  if (!/^[0-7]*$/.test(size) || Number.parseInt(field(148, 8), 8) !== sum) return undefined;
  const prefix = field(257, 5) === "ustar" ? field(345, 155) : "";
  const path = prefix ? `${prefix}/${field(0, 100)}` : field(0, 100);
  return { path, size: Number.parseInt(size || "0", 8), kind: field(156, 1) };
}

function isLongName({ kind }: Head): boolean {
  return kind === "x" || kind === "g" || kind === "L";
}

function longPathOf(kind: string, text: string): string {
  if (kind === "L") return text.replace(/\0.*$/s, "");
  return kind === "x" ? (/^\d+ path=([^\n]+)$/m.exec(text)?.[1] ?? "") : "";
}

/** Reads chunks in pieces of wanted sizes, holding no more than it must. */
function createReader(chunks: AsyncIterable<Buffer>, cutOff: () => Error) {
  const source = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const pull = async () => {
    const next = await source.next();
    if (next.done !== true) rest = next.value;
    return next.done !== true;
  };
  /** At most `most` bytes of what is there; undefined at the end. */
  const some = async (most: number) => {
    while (rest.length === 0) if (!(await pull())) return undefined;
    const part = rest.subarray(0, most);
    rest = rest.subarray(part.length);
    return part;
  };
  return {
    async take(size: number, mayEnd = false): Promise<Buffer | undefined> {
      const parts: Buffer[] = [];
      for (let left = size; left > 0;) {
        const part = await some(left);
        if (part === undefined && mayEnd && left === size) return undefined;
        if (part === undefined) throw cutOff();
        parts.push(part);
        left -= part.length;
      }
      return parts.length === 1 ? parts[0] : Buffer.concat(parts);
    },
    async skip(size: number): Promise<void> {
      for (let left = size; left > 0;) {
        const part = await some(left);
        if (part === undefined) throw cutOff();
        left -= part.length;
      }
    },
  };
}
