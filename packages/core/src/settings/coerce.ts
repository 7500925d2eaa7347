import type { z } from "zod";
import { kindOf, metaOf } from "./definitions.ts";
import { createSettingsError } from "./settings-error.ts";
import { splitCommand } from "./split-command.ts";

const TRUE = ["1", "true", "yes", "on"];
const FALSE = ["0", "false", "no", "off"];

const LIST_FORMS = {
  command: 'a command line or a JSON array such as ["get-token", "--flyte"]',
  words: 'a list such as a,b or "a b" or ["a", "b"]',
  commas: 'a list such as a,b or ["a", "b"]',
};

/** Reads a setting's value from text or from YAML; `from` names the place in the error. */
export function coerce(schema: z.ZodType, raw: unknown, from: string): unknown {
  const parsed = schema.safeParse(convert(schema, raw, from));
  if (parsed.success) return parsed.data;
  throw createSettingsError(`${from}: ${parsed.error.issues[0]?.message}.`);
}

function convert(schema: z.ZodType, raw: unknown, from: string): unknown {
  const kind = kindOf(schema);
  if (kind === "flag") return readBoolean(raw, from);
  if (kind === "number") return /^\d+$/.test(String(raw)) ? Number(raw) : fail(from, raw, "a whole number");
  if (kind === "list") return readList(raw, from, metaOf(schema).split ?? "commas");
  if (typeof raw === "object") throw createSettingsError(`${from} must be a text.`);
  return String(raw);
}

function readBoolean(raw: unknown, from: string): boolean {
  const word = String(raw).trim().toLowerCase();
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  return fail(from, raw, "one of true, false, yes, no, on, off, 1, 0");
}

function readList(raw: unknown, from: string, split: keyof typeof LIST_FORMS): unknown {
  if (Array.isArray(raw) && raw.every((item) => typeof item !== "object")) return raw.map(String);
  const form = LIST_FORMS[split];
  if (typeof raw === "object") throw createSettingsError(`${from} must be ${form}.`);
  const text = String(raw).trim();
  if (text.startsWith("[")) return readJson(text, from, form);
  if (split === "command") return splitCommand(text, from);
  return text
    .split(split === "words" ? /[\s,]+/ : ",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function readJson(text: string, from: string, form: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A command may have a secret among its arguments.
    if (form === LIST_FORMS.command) throw createSettingsError(`${from} must be ${form}.`);
    return fail(from, text, form);
  }
}

function fail(from: string, raw: unknown, accepted: string): never {
  throw createSettingsError(`${from} is "${String(raw)}"; it must be ${accepted}.`);
}
