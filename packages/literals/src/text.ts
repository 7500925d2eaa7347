import { isBroken, showJson } from "./json.ts";
import { oversize } from "./limits.ts";
import { fail, ok } from "./result.ts";
import type { Result } from "./result.ts";

/** Text that can be written as UTF-8 and is not beyond what one value may hold. */
export function parseText(json: unknown, path: string): Result<string> {
  if (typeof json !== "string") return fail(path, `expected a string, got ${showJson(json)}`);
  const excess = oversize(json.length > 1_000_000 ? Buffer.byteLength(json) : 0);
  if (excess !== undefined) return fail(path, excess);
  return isBroken(json) ? fail(path, "the string holds half of a surrogate pair") : ok(json);
}

/** The bytes of a base64 text, in either alphabet and with or without padding; undefined for other text. */
export function parseBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/={1,2}$/, "");
  if (!/^[\w+/-]*$/.test(digits) || digits.length % 4 === 1) return undefined;
  return new Uint8Array(Buffer.from(digits, "base64"));
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
