import { floatJson } from "../float.ts";
import { readInt64 } from "../integer.ts";
import type { Json } from "../json.ts";
import { toBase64 } from "../text.ts";

/** What msgpack holds: a bigint is an integer and a number a float, so that 1 and 1.0 stay apart. */
export type Msgpack =
  null | boolean | bigint | number | string | Uint8Array | Msgpack[] | Map<string, Msgpack>;

/** As JSON: bytes are base64, and integers beyond 2^53 decimal strings. */
export function msgpackJson(value: Msgpack): Json {
  if (typeof value === "bigint") return readInt64(value);
  if (typeof value === "number") return floatJson(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return toBase64(value);
  if (Array.isArray(value)) return value.map(msgpackJson);
  // fromEntries makes `__proto__` a key like any other.
  return Object.fromEntries([...value].map(([key, item]) => [key, msgpackJson(item)]));
}
