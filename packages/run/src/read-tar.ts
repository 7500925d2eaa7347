import { createToolError } from "@flyte-mcp/core";

/** A file of an archive; its content is a view into the archive. */
export interface ArchivedFile {
  path: string;
  content: Uint8Array;
}

export interface Archive {
  files: ArchivedFile[];
  /** Members that are no plain files or whose paths lead out of the archive. */
  skipped: number;
}

const BLOCK = 512;
const MOST_MEMBERS = 20_000;

/** The plain files of a tar archive (ustar, pax or GNU), a later one in place of an earlier; nothing is unpacked anywhere. Throws a tool error for what is no archive. */
export function readTar(bytes: Uint8Array): Archive {
  const files = new Map<string, Uint8Array>();
  let skipped = 0;
  let longPath: string | undefined;
  let members = 0;
  for (let at = 0; at < bytes.length && bytes[at] !== 0; members++) {
    const header = bytes.subarray(at, at + BLOCK);
    if (members === MOST_MEMBERS) throw tooMany();
    if (!isHeader(header)) throw malformed();
    const size = readSize(header);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    if (content.length < size) throw malformed();
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const kind = kindOf(header);
    if (kind === "long path") longPath = textOf(content);
    if (kind === "pax") longPath = readPaxPath(content) ?? longPath;
    if (kind === "long path" || kind === "pax" || kind === "note") continue;
    const path = safePath(longPath ?? pathOf(header));
    longPath = undefined;
    if (kind === "file" && path !== undefined) files.set(path, content);
    else if (kind !== "folder") skipped += 1;
  }
  return { files: [...files].map(([path, content]) => ({ path, content })), skipped };
}

const KINDS: Record<string, "file" | "folder" | "long path" | "pax" | "note"> = {
  "0": "file",
  "\0": "file",
  "7": "file",
  "5": "folder",
  L: "long path",
  x: "pax",
  // Of the whole archive, and GNU's long names of links.
  g: "note",
  K: "note",
};

function kindOf(header: Uint8Array) {
  return KINDS[String.fromCharCode(header[156] ?? 0)] ?? "other";
}

function isHeader(header: Uint8Array): boolean {
  if (header.length < BLOCK) return false;
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return sum === parseInt(textOf(header.subarray(148, 156)), 8);
}

/** Octal digits; a first byte of 0x80 means a binary number, which only files too large for us need. */
function readSize(header: Uint8Array): number {
  const size = parseInt(textOf(header.subarray(124, 136)).trim() || "0", 8);
  if (!Number.isSafeInteger(size) || size < 0) throw malformed();
  return size;
}

function pathOf(header: Uint8Array): string {
  const isUstar = textOf(header.subarray(257, 262)) === "ustar";
  const prefix = isUstar ? textOf(header.subarray(345, 500)) : "";
  const name = textOf(header.subarray(0, 100));
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** The `path` among records of the form `<length> <key>=<value>\n`. */
function readPaxPath(content: Uint8Array): string | undefined {
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(32, at);
    const length = space === -1 ? NaN : Number(textOf(content.subarray(at, space)));
    if (!Number.isInteger(length) || length <= space - at) return undefined;
    const record = textOf(content.subarray(space + 1, at + length - 1));
    if (record.startsWith("path=")) return record.slice("path=".length);
    at += length;
  }
  return undefined;
}

/** A path inside of the archive, or undefined for one that leads out of it. */
function safePath(path: string): string | undefined {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const isOutside = path.startsWith("/") || path.includes("\\") || parts.includes("..");
  return isOutside || parts.length === 0 ? undefined : parts.join("/");
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(end === -1 ? bytes : bytes.subarray(0, end)).toString("utf8");
}

function malformed(): Error {
  const message = "The code that Flyte gave is no archive of files (tar) that can be read here.";
  return createToolError({ code: "data_loss", message });
}

function tooMany(): Error {
  const message = `The code has more than ${MOST_MEMBERS} files, the most that are read here.`;
  return createToolError({ code: "resource_exhausted", message });
}
