import type { EventPayload } from "@flyte-mcp/idl/workflow/run_service";
import type { ValueType } from "./value-types.ts";

export type Given = boolean | number | string;

export type Answer = Exclude<EventPayload["value"], { case: undefined }>;

/** What each type accepts, for whoever gave something else. */
export const ACCEPTED: Record<ValueType, string> = {
  bool: "true or false",
  int: "a whole number of 64 bits, beyond 2^53 as a text",
  float: "a finite number",
  str: "a text",
};

/** A value as the declared type wants it on the wire, or undefined where it is none: Flyte refuses an int for a float. */
export function readAnswer(type: ValueType, given: Given): Answer | undefined {
  if (type === "str")
    return { case: "stringValue", value: typeof given === "string" ? given : JSON.stringify(given) };
  if (type === "bool") return readBoolean(given);
  return type === "int" ? readInteger(given) : readFloat(given);
}

const TRUE = ["true", "yes", "y", "t", "1"];
const FALSE = ["false", "no", "n", "f", "0"];

function readBoolean(given: Given): Answer | undefined {
  if (typeof given === "boolean") return { case: "boolValue", value: given };
  const word = typeof given === "string" ? given.trim().toLowerCase() : "";
  if (TRUE.includes(word)) return { case: "boolValue", value: true };
  return FALSE.includes(word) ? { case: "boolValue", value: false } : undefined;
}

function readInteger(given: Given): Answer | undefined {
  if (typeof given === "boolean") return undefined;
  const isExact =
    typeof given === "string" ? /^\s*[+-]?\d{1,20}\s*$/.test(given) : Number.isSafeInteger(given);
  if (!isExact) return undefined;
  const value = BigInt(String(given).trim().replace(/^\+/, ""));
  return BigInt.asIntN(64, value) === value ? { case: "intValue", value } : undefined;
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

function readFloat(given: Given): Answer | undefined {
  const isNumeric = typeof given === "number" || (typeof given === "string" && NUMBER.test(given));
  const value = isNumeric ? Number(given) : NaN;
  return Number.isFinite(value) ? { case: "floatValue", value } : undefined;
}
