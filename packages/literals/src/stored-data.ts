import { isObject, showJson } from "./json.ts";
import { atKey, collect, fail, ok } from "./result.ts";
import type { Problem, Result } from "./result.ts";
import { suggestion } from "./suggestion.ts";
import { parseText } from "./text.ts";
import { parseUri } from "./uri.ts";

/** Where stored data is, and what a caller may say of it. */
export interface StoredData {
  uri: string;
  format?: string;
  hash?: string;
}

function unknownKeys(json: Record<string, unknown>, known: readonly string[], path: string): Problem[] {
  return Object.keys(json)
    .filter((key) => !known.includes(key))
    .map((key) => ({ path: atKey(path, key), message: `unknown property${suggestion(key, known)}` }));
}

function optionalText(json: Record<string, unknown>, key: "format" | "hash", path: string) {
  const value = json[key] ?? undefined;
  if (value === undefined) return ok({});
  const text = parseText(value, atKey(path, key));
  return text.ok ? ok({ [key]: text.value }) : text;
}

function fromObject(
  json: Record<string, unknown>,
  more: readonly string[],
  path: string,
): Result<StoredData> {
  const key = "path" in json && !("uri" in json) ? "path" : "uri";
  const uri =
    json[key] === undefined
      ? fail(atKey(path, "uri"), "missing required property of type string")
      : parseUri(json[key], atKey(path, key));
  const parts = collect<Partial<StoredData>>([
    uri.ok ? ok({ uri: uri.value }) : uri,
    optionalText(json, "format", path),
    optionalText(json, "hash", path),
  ]);
  const strangers = unknownKeys(json, [key, "format", "hash", ...more], path);
  if (!uri.ok || !parts.ok || strangers.length > 0) {
    return { ok: false, problems: [...(parts.ok ? [] : parts.problems), ...strangers] };
  }
  return ok(Object.assign({ uri: uri.value }, ...parts.value));
}

/** Stored data from its URI or from an object that tells its URI, format and hash; `more` are keys that are let pass. */
export function parseStoredData(json: unknown, more: readonly string[], path: string): Result<StoredData> {
  if (typeof json === "string") {
    const uri = parseUri(json, path);
    return uri.ok ? ok({ uri: uri.value }) : uri;
  }
  if (isObject(json)) return fromObject(json, more, path);
  return fail(path, `expected a URI or an object with uri, format and hash; got ${showJson(json)}`);
}
