import { int64OrUint64, parseInteger } from "../integer.ts";
import { isBroken, isObject, showJson } from "../json.ts";
import type { JsonSchema } from "../json.ts";
import { maxDepth } from "../limits.ts";
import type { Msgpack } from "../msgpack/value.ts";
import { atIndex, atKey, collect, fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { parseText } from "../text.ts";
import type { Packing } from "./packing.ts";

function packNumber(json: number, path: string): Result<Msgpack> {
  if (!Number.isInteger(json) || Object.is(json, -0)) return ok(json);
  // Beyond 64 bits it can only be meant as a float; between, an integer has lost digits unseen.
  return Math.abs(json) >= 2 ** 64 ? ok(json) : parseInteger(json, path, int64OrUint64);
}

/** A key and its value, or what is wrong with either. */
export function keyed<T>(key: string, result: Result<T>, path: string): Result<[string, T]> {
  if (isBroken(key)) return fail(path, "the key holds half of a surrogate pair");
  return result.ok ? ok([key, result.value]) : result;
}

/** A whole number is an integer, any other a float: JSON tells no more. */
export function packUntyped(
  _schema: JsonSchema,
  json: unknown,
  path: string,
  packing: Packing,
): Result<Msgpack> {
  if (json === null || typeof json === "boolean") return ok(json);
  if (typeof json === "string") return parseText(json, path);
  if (typeof json === "number") return packNumber(json, path);
  if (typeof json === "bigint") return parseInteger(json, path, int64OrUint64);
  if (typeof json !== "object") return fail(path, `expected a JSON value, got ${showJson(json)}`);
  if (packing.depth > maxDepth) return fail(path, `nested more than ${maxDepth} levels deep`);
  const inner = { ...packing, depth: packing.depth + 1 };
  if (Array.isArray(json)) {
    return collect(json.map((item: unknown, index) => packUntyped({}, item, atIndex(path, index), inner)));
  }
  if (!isObject(json)) return fail(path, "expected a JSON value");
  const entries = collect(
    Object.keys(json).map((key) => {
      const at = atKey(path, key);
      return keyed(key, packUntyped({}, json[key], at, inner), at);
    }),
  );
  return entries.ok ? ok(new Map(entries.value)) : entries;
}
