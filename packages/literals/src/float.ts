import type { Json } from "./json.ts";
import { showJson } from "./json.ts";
import { fail, ok } from "./result.ts";
import type { Result } from "./result.ts";

/** The number a text stands for, in the forms that Python's float() takes; undefined for other text. */
function readNumber(text: string): number | undefined {
  const [, sign, special] = /^([+-]?)(nan|inf|infinity)$/i.exec(text) ?? [];
  if (special !== undefined) {
    const magnitude = special.toLowerCase() === "nan" ? NaN : Infinity;
    return sign === "-" ? -magnitude : magnitude;
  }
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** A float from a number or text. */
export function parseFloat64(json: unknown, path: string): Result<number> {
  const value = typeof json === "string" ? readNumber(json) : json;
  if (typeof value !== "number") return fail(path, `expected a number, got ${showJson(json)}`);
  if (typeof json === "string" && Math.abs(value) === Infinity && /\d/.test(json)) {
    return fail(path, `${showJson(json)} is out of range for a 64-bit float`);
  }
  return ok(value);
}

/** A float as JSON: NaN and the infinities are text. */
export function floatJson(value: number): Json {
  return Number.isFinite(value) ? value : String(value);
}
