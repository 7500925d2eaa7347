import { gzipSync } from "node:zlib";
import type { ContextFile } from "./layer.ts";

const BLOCK = 512;
const LONGEST_NAME = 100;
// 1981-01-01, as the SDK does: the same files then give the same archive.
const MODIFIED_S = 347_155_200;
const OS_BYTE = 9;
const OS_UNKNOWN = 255;

/** A gzip archive of files in the order of their paths, with fixed times and owner; paths are at most 100 bytes long. */
export function packFiles(files: readonly ContextFile[]): Uint8Array {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const members = sorted.flatMap(({ path, content }) => {
    const bytes = Buffer.from(content);
    return [headerOf(path, bytes.length), bytes, Buffer.alloc(-bytes.length & (BLOCK - 1))];
  });
  const packed = gzipSync(Buffer.concat([...members, Buffer.alloc(2 * BLOCK)]));
  // Otherwise the archive differs by the machine that packs it.
  packed[OS_BYTE] = OS_UNKNOWN;
  return new Uint8Array(packed);
}

function headerOf(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > LONGEST_NAME)
    throw new RangeError(`${path} is longer than ${LONGEST_NAME} bytes`);
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0);
  block.write("0000644\0" + "0000000\0".repeat(2), 100);
  block.write(`${octal(size)}\0${octal(MODIFIED_S)}\0`, 124);
  // The sum is taken as if its own field were blank.
  block.write("        0", 148);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function octal(value: number): string {
  return value.toString(8).padStart(11, "0");
}
