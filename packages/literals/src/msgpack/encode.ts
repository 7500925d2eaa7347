import type { Msgpack } from "./value.ts";

interface Sink {
  view: DataView<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
  end: number;
}

/** Makes room for so many bytes and answers where they begin. */
function reserve(sink: Sink, size: number): number {
  const at = sink.end;
  sink.end += size;
  if (sink.end > sink.bytes.length) {
    const bytes = new Uint8Array(Math.max(sink.end, sink.bytes.length * 2));
    bytes.set(sink.bytes);
    sink.bytes = bytes;
    sink.view = new DataView(bytes.buffer);
  }
  return at;
}

type Width = 1 | 2 | 4 | 8;

/** A leading byte and a big-endian integer, which for negative ones is their two's complement. */
function writeHead(sink: Sink, lead: number, width: Width, value: bigint | number): void {
  const at = reserve(sink, 1 + width);
  sink.view.setUint8(at, lead);
  if (width === 8) sink.view.setBigUint64(at + 1, BigInt.asUintN(64, BigInt(value)));
  else if (width === 4) sink.view.setUint32(at + 1, Number(value));
  else if (width === 2) sink.view.setUint16(at + 1, Number(value));
  else sink.view.setUint8(at + 1, Number(value));
}

function writeByte(sink: Sink, byte: number): void {
  const at = reserve(sink, 1);
  sink.view.setUint8(at, byte);
}

function writeRaw(sink: Sink, bytes: Uint8Array): void {
  const at = reserve(sink, bytes.length);
  sink.bytes.set(bytes, at);
}

function writeInteger(sink: Sink, value: bigint): void {
  if (value >= -32n && value < 128n) return writeByte(sink, Number(value) & 0xff);
  if (value >= 0n) {
    if (value <= 0xffn) return writeHead(sink, 0xcc, 1, value);
    if (value <= 0xffffn) return writeHead(sink, 0xcd, 2, value);
    if (value <= 0xffff_ffffn) return writeHead(sink, 0xce, 4, value);
    return writeHead(sink, 0xcf, 8, value);
  }
  if (value >= -0x80n) return writeHead(sink, 0xd0, 1, value);
  if (value >= -0x8000n) return writeHead(sink, 0xd1, 2, value);
  if (value >= -0x8000_0000n) return writeHead(sink, 0xd2, 4, value);
  return writeHead(sink, 0xd3, 8, value);
}

/** The length before a string, bytes, array or map; `leads` are those for 8 (if any), 16 and 32 bits. */
function writeLength(sink: Sink, length: number, leads: readonly [number | undefined, number, number]): void {
  const [lead8, lead16, lead32] = leads;
  if (lead8 !== undefined && length <= 0xff) return writeHead(sink, lead8, 1, length);
  if (length <= 0xffff) return writeHead(sink, lead16, 2, length);
  return writeHead(sink, lead32, 4, length);
}

const utf8 = new TextEncoder();
const scratch = new Uint8Array(1024);

/** A short text takes no memory of its own. */
function utf8Bytes(text: string): Uint8Array {
  if (text.length * 3 > scratch.length) return utf8.encode(text);
  return scratch.subarray(0, utf8.encodeInto(text, scratch).written);
}

function writeText(sink: Sink, text: string): void {
  const bytes = utf8Bytes(text);
  if (bytes.length < 32) writeByte(sink, 0xa0 | bytes.length);
  else writeLength(sink, bytes.length, [0xd9, 0xda, 0xdb]);
  writeRaw(sink, bytes);
}

function writeBytes(sink: Sink, bytes: Uint8Array): void {
  writeLength(sink, bytes.length, [0xc4, 0xc5, 0xc6]);
  writeRaw(sink, bytes);
}

function writeFloat(sink: Sink, value: number): void {
  const at = reserve(sink, 9);
  sink.view.setUint8(at, 0xcb);
  sink.view.setFloat64(at + 1, value);
}

function writeArray(sink: Sink, items: readonly Msgpack[]): void {
  if (items.length < 16) writeByte(sink, 0x90 | items.length);
  else writeLength(sink, items.length, [undefined, 0xdc, 0xdd]);
  for (const item of items) write(sink, item);
}

function writeMap(sink: Sink, entries: ReadonlyMap<string, Msgpack>): void {
  if (entries.size < 16) writeByte(sink, 0x80 | entries.size);
  else writeLength(sink, entries.size, [undefined, 0xde, 0xdf]);
  for (const [key, item] of entries) {
    writeText(sink, key);
    write(sink, item);
  }
}

function write(sink: Sink, value: Msgpack): void {
  if (value === null) return writeByte(sink, 0xc0);
  if (typeof value === "boolean") return writeByte(sink, value ? 0xc3 : 0xc2);
  if (typeof value === "bigint") return writeInteger(sink, value);
  if (typeof value === "number") return writeFloat(sink, value);
  if (typeof value === "string") return writeText(sink, value);
  if (value instanceof Uint8Array) return writeBytes(sink, value);
  return Array.isArray(value) ? writeArray(sink, value) : writeMap(sink, value);
}

/** The shortest encoding, as Python's msgpack writes it: keys in the order of the map, floats with 64 bits. */
export function encodeMsgpack(value: Msgpack): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(256);
  const sink: Sink = { bytes, view: new DataView(bytes.buffer), end: 0 };
  write(sink, value);
  return sink.bytes.slice(0, sink.end);
}
