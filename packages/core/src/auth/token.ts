/** An access token and what is known of it. */
export interface Token {
  value: string;
  /** From when on it is not used any more, in milliseconds of the epoch: some time before it ends. */
  staleAt: number;
  refreshToken?: string;
  /** Headers that carry it beside `authorization`. */
  headerName?: string;
  /** A person was asked for it, and should not be again right away. */
  isPersonal?: boolean;
}

const MARGIN_MS = 60_000;
const UNKNOWN_LIFE_MS = 300_000;

/** When a token that lives for so many seconds from now on is stale: a minute before, or at half of a short life. */
export function staleAfter(lifeS: number): number {
  const lifeMs = lifeS * 1000;
  return Date.now() + lifeMs - Math.min(MARGIN_MS, lifeMs / 2);
}

/** When a token is stale of which only its text is known: by its `exp` when it is a JWT, else in 5 minutes. */
export function staleByText(token: string): number {
  const exp = readExpiry(token);
  return exp === undefined ? Date.now() + UNKNOWN_LIFE_MS : staleAfter(exp - Date.now() / 1000);
}

export function isFresh(token: Token): boolean {
  return token.staleAt > Date.now();
}

/** When a token ends by its own word, in seconds of the epoch; undefined where it is no JWT or does not say. */
export function readExpiry(token: string): number | undefined {
  const { exp } = readClaims(token);
  return typeof exp === "number" ? exp : undefined;
}

/** Whom a token is for by its own word; undefined where it is no JWT or does not say. */
export function readSubject(token: string): string | undefined {
  const { sub } = readClaims(token);
  return typeof sub === "string" ? sub : undefined;
}

function readClaims(token: string): { exp?: unknown; sub?: unknown } {
  const [, claims, signature] = token.split(".");
  if (claims === undefined || signature === undefined) return {};
  try {
    const read: unknown = JSON.parse(Buffer.from(claims, "base64url").toString("utf8"));
    return typeof read === "object" && read !== null ? read : {};
  } catch {
    return {};
  }
}
