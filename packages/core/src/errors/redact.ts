const BEARER = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const JWT = /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.?[A-Za-z0-9_-]*/g;
const URL_QUERY = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*)\?[^\s"'<>]*/gi;
const URL_USER = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]+@/gi;

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
