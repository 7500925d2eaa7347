import { showJson } from "./json.ts";
import { fail, ok } from "./result.ts";
import type { Result } from "./result.ts";

interface Range {
  min: bigint;
  max: bigint;
}

export const int64: Range = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** What msgpack can hold: signed and unsigned 64-bit integers. */
export const int64OrUint64: Range = { min: int64.min, max: 2n ** 64n - 1n };

/** A number where it is exact, otherwise a decimal string. */
export function readInt64(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function fromNumber(json: number, path: string): Result<bigint> {
  if (!Number.isInteger(json)) return fail(path, `expected an integer, got ${json}`);
  if (!Number.isSafeInteger(json)) {
    return fail(path, `${json} is too large to be exact as a JSON number; give it as a decimal string`);
  }
  return ok(BigInt(json));
}

/** An integer from a number, a bigint or a decimal string. */
export function parseInteger(json: unknown, path: string, { min, max }: Range): Result<bigint> {
  if (typeof json === "number") return fromNumber(json, path);
  const isDigits = typeof json === "string" && /^[+-]?\d+$/.test(json);
  const value = isDigits ? fromDigits(json) : json;
  if (typeof value !== "bigint") return fail(path, `expected an integer, got ${showJson(json)}`);
  if (value >= min && value <= max) return ok(value);
  return fail(path, `integer out of range: it must lie within ${min} and ${max}`);
}

function fromDigits(text: string): bigint {
  // No 64-bit integer has more than 20 digits, and a huge text would be slow to convert.
  const magnitude = BigInt(text.replace(/^[+-]?0*/, "").slice(0, 21));
  return text.startsWith("-") ? -magnitude : magnitude;
}
