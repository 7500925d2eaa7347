import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { UploadedFile } from "@flyte-mcp/core";

const BLOCK = 512;
const CHECKSUM_AT = 148;
const CHECKSUM_BYTES = 8;

/** A code bundle of one file at its root, the same bytes for the same content wherever it is packed. */
export function packBundle(fileName: string, text: string): UploadedFile {
  const content = Buffer.from(text, "utf8");
  const body = Buffer.alloc(Math.ceil(content.length / BLOCK) * BLOCK);
  content.copy(body);
  const end = Buffer.alloc(2 * BLOCK);
  const packed = gzipSync(Buffer.concat([header(fileName, content.length), body, end]));
  // The system that packs is written here; 255 is an unknown one.
  packed[9] = 255;
  const digest = createHash("md5").update(packed).digest("hex");
  return { name: `fast${digest}.tar.gz`, content: packed };
}

/** A ustar header of a file that belongs to root and is as old as time. */
function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const put = (text: string, at: number) => block.write(text, at, "latin1");
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  put(name, 0);
  put(octal(0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(size, 11), 124);
  put(octal(0, 11), 136);
  put(" ".repeat(CHECKSUM_BYTES), CHECKSUM_AT);
  put("0", 156);
  put("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${octal(sum, 6)} `, CHECKSUM_AT);
  return block;
}
