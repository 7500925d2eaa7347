import type { z } from "zod";
import { kindOf } from "./definitions.ts";
import { createSettingsError } from "./settings-error.ts";

const TRUE = ["1", "true", "yes", "on"];
const FALSE = ["0", "false", "no", "off"];

/** Reads a setting's value from text or from YAML; `from` names the place in the error. */
export function coerce(schema: z.ZodType, raw: unknown, from: string): unknown {
  const value = convert(kindOf(schema), raw, from);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw createSettingsError(`${from}: ${parsed.error.issues[0]?.message}.`);
}

function convert(kind: ReturnType<typeof kindOf>, raw: unknown, from: string): unknown {
  if (kind === "flag") return readBoolean(raw, from);
  if (kind === "number") return /^\d+$/.test(String(raw)) ? Number(raw) : fail(from, raw, "a whole number");
  if (kind === "list") return Array.isArray(raw) ? raw.map(String) : splitList(String(raw), from);
  if (typeof raw === "object") throw createSettingsError(`${from} must be a text.`);
  return String(raw);
}

function readBoolean(raw: unknown, from: string): boolean {
  const word = String(raw).trim().toLowerCase();
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  return fail(from, raw, "one of true, false, yes, no, on, off, 1, 0");
}

function readJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail(from, text, 'a list such as a,b or ["a", "b"]');
  }
}

function splitList(raw: string, from: string): unknown {
  const text = raw.trim();
  if (text.startsWith("[")) return readJson(text, from);
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function fail(from: string, raw: unknown, accepted: string): never {
  throw createSettingsError(`${from} is "${String(raw)}"; it must be ${accepted}.`);
}
