import { durationSeconds, parseDuration } from "../duration.ts";
import { showJson } from "../json.ts";
import type { JsonSchema } from "../json.ts";
import type { Msgpack } from "../msgpack/value.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { parseBase64, parseText } from "../text.ts";
import { parseTimestamp } from "../timestamp.ts";

type PackText = (text: string, path: string) => Result<Msgpack>;

const durationForms = "seconds as a number, 90s, 1h30m, PT1H30M or 01:30:00";

function packDateTime(text: string, path: string): Result<Msgpack> {
  const instant = parseTimestamp(text);
  if (instant === "form")
    return fail(path, `expected a date and time such as 2024-02-29T12:30:45Z, got ${showJson(text)}`);
  if (instant === "date") return fail(path, `${showJson(text)} does not exist or is out of range`);
  // Python reads `T` and `Z` only; without an offset the value stays naive, as inside a model it may be.
  return ok(text.toUpperCase());
}

function packDate(text: string, path: string): Result<Msgpack> {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text);
  if (!isDate) return fail(path, `expected a date such as 2024-02-29, got ${showJson(text)}`);
  const day = parseTimestamp(text);
  return typeof day === "string"
    ? fail(path, `${showJson(text)} does not exist or is out of range`)
    : ok(text);
}

function packDuration(text: string, path: string): Result<Msgpack> {
  if (/^[+-]?p/i.test(text) && typeof parseDuration(text) !== "string") return ok(text.toUpperCase());
  const seconds = packTimeDelta(text, path);
  if (!seconds.ok) return seconds;
  return ok(isoSeconds(Number(seconds.value)));
}

/** Seconds as ISO 8601, which knows no exponent. */
function isoSeconds(seconds: number): string {
  const [whole, fraction] = Math.abs(seconds).toFixed(6).split(".");
  const digits = fraction?.replace(/0+$/, "") ?? "";
  return `${seconds < 0 ? "-" : ""}PT${whole}${digits === "" ? "" : `.${digits}`}S`;
}

/** A dataclass has a timedelta as its seconds. */
export function packTimeDelta(json: unknown, path: string): Result<Msgpack> {
  const value = typeof json === "string" || typeof json === "number" ? parseDuration(json) : "form";
  if (value === "form") return fail(path, `expected a duration (${durationForms}), got ${showJson(json)}`);
  if (value === "range") return fail(path, `${showJson(json)} is out of range: at most 10000 years`);
  return ok(durationSeconds(value));
}

/** Bytes are base64 in JSON and, where a dataclass says so, plain bytes on the wire. */
function packBytes(text: string, path: string): Result<Msgpack> {
  const bytes = parseBase64(text);
  return bytes ? ok(bytes) : fail(path, `expected base64, got ${showJson(text)}`);
}

const formats: Readonly<Record<string, PackText>> = {
  "date-time": packDateTime,
  date: packDate,
  duration: packDuration,
  base64: packBytes,
};

export function packString({ format }: JsonSchema, json: unknown, path: string): Result<Msgpack> {
  // A pydantic duration is text, yet seconds are as plain.
  const isSeconds = format === "duration" && typeof json === "number";
  const text = parseText(isSeconds ? `${json}s` : json, path);
  const packText = typeof format === "string" && Object.hasOwn(formats, format) ? formats[format] : undefined;
  return text.ok && packText ? packText(text.value, path) : text;
}
