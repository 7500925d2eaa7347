import type { Json } from "../answer.ts";

const BEARER = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const JWT = /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.?[A-Za-z0-9_-]*/g;
const URL_QUERY = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*)\?[^\s"'<>]*/gi;
// Up to the last @, for a password may have one as well.
const URL_USER = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/"'<>]+@/gi;

/** Takes credentials out of a text: bearer values, JWTs, queries and user info of URLs, and the given secrets. */
export function redact(text: string, secrets: readonly string[] = []): string {
  return hideSecrets(text, secrets)
    .replace(BEARER, "$1 [redacted]")
    .replace(JWT, "[redacted]")
    .replace(URL_USER, "$1[redacted]@")
    .replace(URL_QUERY, "$1?[redacted]");
}

/** Takes only the given secrets out of a text; one below 4 characters would take half of it along. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= 4);
  return known.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
}

/** Takes the given secrets out of all texts of a JSON value, keys included. */
export function hideInJson(value: Json, secrets: readonly string[]): Json {
  if (typeof value === "string") return hideSecrets(value, secrets);
  if (Array.isArray(value)) return value.map((item) => hideInJson(item, secrets));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, item]) => [hideSecrets(key, secrets), hideInJson(item, secrets)] as const),
  );
}

/** The forms in which a credential may come back: as it is, in a URL, encoded; for Basic also what it holds. */
export function secretForms(authorization: string): string[] {
  const value = authorization.trim();
  const credential = value.replace(/^\S+\s+/, "");
  const basic = /^basic\s/i.test(value) ? Buffer.from(credential, "base64").toString("utf8") : "";
  const password = basic.slice(basic.indexOf(":") + 1);
  // A short password may be any word; hiding it would garble answers more than it protects.
  const plain = [value, credential, basic, password.length < 8 ? "" : password].filter((form) => form !== "");
  const encoded = plain.flatMap((form) => [encodeURIComponent(form), Buffer.from(form).toString("base64")]);
  return [...new Set([...plain, ...encoded])];
}
