/** What every answer carries; a page that is made for people may say otherwise. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
};

const YEAR_S = 31_536_000;

/** These, and where the server's public address is https, that it is never reached otherwise. */
export function securityHeaders(publicUrl: string | undefined): Readonly<Record<string, string>> {
  return publicUrl?.startsWith("https:")
    ? { ...SECURITY_HEADERS, "strict-transport-security": `max-age=${YEAR_S}` }
    : SECURITY_HEADERS;
}
