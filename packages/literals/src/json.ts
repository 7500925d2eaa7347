/** A JSON value; integers beyond 2^53 are decimal strings in it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON Schema object. */
export type JsonSchema = { [key: string]: Json };

export function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** A short form of what a caller gave, for messages. */
export function showJson(json: unknown): string {
  if (Array.isArray(json)) return "an array";
  if (isObject(json)) return "an object";
  const text = typeof json === "string" ? JSON.stringify(json) : String(json);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Whether text cannot be written as UTF-8, because it holds half of a surrogate pair. */
export function isBroken(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}
