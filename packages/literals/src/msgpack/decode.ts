import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { toBase64 } from "../text.ts";
import { formatTimestamp } from "../timestamp.ts";
import { msgpackJson } from "./value.ts";
import type { Msgpack } from "./value.ts";

interface Source {
  bytes: Uint8Array;
  view: DataView;
  at: number;
  depth: number;
}

const deepest = 500;
const utf8 = new TextDecoder();

function take(source: Source, size: number): number {
  const at = source.at;
  if (at + size > source.bytes.length) throw new RangeError("the bytes end within a value");
  source.at += size;
  return at;
}

function readUint(source: Source, width: number): number {
  const at = take(source, width);
  if (width === 1) return source.view.getUint8(at);
  return width === 2 ? source.view.getUint16(at) : source.view.getUint32(at);
}

function readBytes(source: Source, size: number): Uint8Array {
  const at = take(source, size);
  return source.bytes.subarray(at, at + size);
}

function readText(source: Source, size: number): string {
  return utf8.decode(readBytes(source, size));
}

function deeper<T>(source: Source, readContent: () => T): T {
  source.depth += 1;
  if (source.depth > deepest) throw new RangeError(`nested more than ${deepest} levels deep`);
  const content = readContent();
  source.depth -= 1;
  return content;
}

function readArray(source: Source, size: number): Msgpack[] {
  return deeper(source, () => {
    const items: Msgpack[] = [];
    // A size that the bytes cannot hold ends at the first item that is missing.
    for (let index = 0; index < size; index++) items.push(readValue(source));
    return items;
  });
}

/** The key as JSON has it: Python's json.dumps writes the keys of a dict likewise. */
function keyText(key: Msgpack): string {
  if (typeof key === "string") return key;
  const json = msgpackJson(key);
  return typeof json === "string" ? json : JSON.stringify(json);
}

function readMap(source: Source, size: number): Map<string, Msgpack> {
  return deeper(source, () => {
    const entries = new Map<string, Msgpack>();
    for (let index = 0; index < size; index++) {
      const key = keyText(readValue(source));
      entries.set(key, readValue(source));
    }
    return entries;
  });
}

/** The timestamp extension (type -1) in its three sizes; undefined for any other extension. */
function timestampText(bytes: Uint8Array, kind: number): string | undefined {
  if (kind !== -1) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 4) return timestamp(BigInt(view.getUint32(0)), 0);
  if (bytes.length === 12) return timestamp(view.getBigInt64(4), view.getUint32(0));
  if (bytes.length !== 8) return undefined;
  const both = view.getBigUint64(0);
  return timestamp(both & 0x3_ffff_ffffn, Number(both >> 34n));
}

function timestamp(seconds: bigint, nanos: number): string | undefined {
  return formatTimestamp(create(TimestampSchema, { seconds, nanos }));
}

function readExtension(source: Source, size: number): Msgpack {
  const kind = source.view.getInt8(take(source, 1));
  const bytes = readBytes(source, size);
  const text = timestampText(bytes, kind);
  if (text !== undefined) return text;
  return new Map<string, Msgpack>([
    ["extension", BigInt(kind)],
    ["base64", toBase64(bytes)],
  ]);
}

type ReadValue = (source: Source) => Msgpack;

function readSigned(width: number): ReadValue {
  return (source) => BigInt.asIntN(width * 8, BigInt(readUint(source, width)));
}

/** What each leading byte from 0xc0 to 0xdf stands for. */
const readers: readonly ReadValue[] = [
  () => null,
  () => {
    throw new RangeError("0xc1 begins no value");
  },
  () => false,
  () => true,
  ...[1, 2, 4].map(
    (width): ReadValue =>
      (source) =>
        readBytes(source, readUint(source, width)),
  ),
  ...[1, 2, 4].map(
    (width): ReadValue =>
      (source) =>
        readExtension(source, readUint(source, width)),
  ),
  (source) => source.view.getFloat32(take(source, 4)),
  (source) => source.view.getFloat64(take(source, 8)),
  ...[1, 2, 4].map(
    (width): ReadValue =>
      (source) =>
        BigInt(readUint(source, width)),
  ),
  (source) => source.view.getBigUint64(take(source, 8)),
  ...[1, 2, 4].map(readSigned),
  (source) => source.view.getBigInt64(take(source, 8)),
  ...[1, 2, 4, 8, 16].map(
    (size): ReadValue =>
      (source) =>
        readExtension(source, size),
  ),
  ...[1, 2, 4].map(
    (width): ReadValue =>
      (source) =>
        readText(source, readUint(source, width)),
  ),
  ...[2, 4].map(
    (width): ReadValue =>
      (source) =>
        readArray(source, readUint(source, width)),
  ),
  ...[2, 4].map(
    (width): ReadValue =>
      (source) =>
        readMap(source, readUint(source, width)),
  ),
];

function readValue(source: Source): Msgpack {
  const lead = readUint(source, 1);
  if (lead < 0x80) return BigInt(lead);
  if (lead < 0x90) return readMap(source, lead & 0x0f);
  if (lead < 0xa0) return readArray(source, lead & 0x0f);
  if (lead < 0xc0) return readText(source, lead & 0x1f);
  return readers[lead - 0xc0]?.(source) ?? (lead >= 0xe0 ? BigInt(lead - 0x100) : null);
}

/**
 * Reads one msgpack value; keys that are no strings become text.
 * @throws {RangeError} when the bytes are broken, nest too deep or go on after the value
 */
export function decodeMsgpack(bytes: Uint8Array): Msgpack {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const source = { bytes, view, at: 0, depth: 0 };
  const value = readValue(source);
  if (source.at < bytes.length) throw new RangeError("there are bytes after the value");
  return value;
}
