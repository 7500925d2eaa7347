import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Refusal } from "../refusal.ts";

const MOST_BYTES = 16 * 1024;

/** A credential as it came: forwarded as it is, and shown to nobody. */
export interface Bearer {
  /** The whole header. */
  authorization: string;
  token: string;
}

/** What a request carries as `Authorization: Bearer`, undefined where it carries nothing. */
export function readBearer({ headers }: IncomingMessage): Bearer | Refusal | undefined {
  const authorization = headers.authorization?.trim();
  if (authorization === undefined || /^(bearer)?$/i.test(authorization)) return undefined;
  if (authorization.length > MOST_BYTES) {
    return { status: 431, message: "The Authorization header is larger than 16 KiB." };
  }
  const [scheme = "", token = "", ...more] = authorization.split(/ +/);
  if (scheme.toLowerCase() !== "bearer") {
    return { status: 401, message: "The Authorization header must be of the scheme Bearer." };
  }
  // A comma joins headers that were two; no token has one.
  if (more.length > 0 || !/^[\x21-\x2b\x2d-\x7e]+$/.test(token)) {
    return { status: 400, message: "The Authorization header must be Bearer and one token." };
  }
  return { authorization, token };
}

/** Tells credentials apart without holding them. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Names a caller in limits and records: enough of the digest to tell callers apart. */
export function idOf(kind: string, text: string): string {
  return `${kind}:${digestOf(text).slice(0, 12)}`;
}
