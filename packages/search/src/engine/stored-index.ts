import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { TextIndex } from "./build-index.ts";
import type { Entry, Skipped, Snapshot } from "./snapshot.ts";

/** Of the layout and of all that decides what is in it; an index of another version is built anew. */
const VERSION = "flyte-mcp search index 1";

export interface Indexed {
  snapshot: Snapshot;
  index: TextIndex;
}

interface Header {
  version: string;
  fingerprint: string;
  entries: Entry[];
  skipped: Skipped;
  terms: string[];
  postings: number;
}

const LENGTH_BYTES = 8;

/** Stores an index with the texts it is of; a reader sees the old one or the new one, whole. */
export async function storeIndex(file: string, fingerprint: string, indexed: Indexed): Promise<void> {
  const { snapshot, index } = indexed;
  const header: Header = {
    version: VERSION,
    fingerprint,
    entries: [...snapshot.entries],
    skipped: snapshot.skipped,
    terms: [...index.terms],
    postings: index.entries.length,
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(json.length);
  const padding = Buffer.alloc(-json.length & 3);
  const tables = [index.starts, index.entries, index.impacts].map(bytesOf);
  await mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.${randomUUID()}`;
  try {
    await writeFile(fresh, Buffer.concat([length, json, padding, ...tables, snapshot.bytes]), {
      mode: 0o600,
    });
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** The stored index of exactly this state of the corpus, or undefined: none, another state or version, or damaged. */
export async function loadIndex(file: string, fingerprint: string): Promise<Indexed | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined || bytes.length < LENGTH_BYTES) return undefined;
  const size = bytes.readUInt32LE(0);
  const header = parse(bytes.toString("utf8", LENGTH_BYTES, LENGTH_BYTES + size));
  if (header?.version !== VERSION || header.fingerprint !== fingerprint) return undefined;
  let place = LENGTH_BYTES + size + (-size & 3);
  const take = (length: number) => bytes.subarray(place, (place += length));
  const starts = words(take((header.terms.length + 1) * 4));
  const entries = words(take(header.postings * 4));
  const impacts = new Uint8Array(take(header.postings));
  const texts = bytes.subarray(place);
  if ((header.entries.at(-1)?.to ?? 0) > texts.length) return undefined;
  return {
    snapshot: { entries: header.entries, bytes: texts, skipped: header.skipped },
    index: { terms: header.terms, starts, entries, impacts },
  };
}

function words(bytes: Buffer): Uint32Array {
  // A copy, as the place in the file may not be a multiple of four.
  return new Uint32Array(new Uint8Array(bytes).buffer, 0, bytes.length >> 2);
}

function parse(text: string): Header | undefined {
  try {
    return JSON.parse(text) as Header;
  } catch {
    return undefined;
  }
}
