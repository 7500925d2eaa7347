import { randomBytes } from "node:crypto";
import type { LoginOptions } from "./login-options.ts";

export const ISSUER_PATH = "/oauth2/";

/** An authorization request that waits for a person, then for its code to be redeemed. */
export interface CodeRequest {
  redirectUri: string;
  state: string;
  challenge: string;
}

export interface DeviceRequest {
  userCode: string;
  expiresAt: number;
  decision: "pending" | "approve" | "deny";
  /** Odd answers that are still to be given to polls. */
  answers: (string | number)[];
}

/** What the issuer knows; tokens are told apart by nothing but being in here. */
export interface Issuer {
  options: LoginOptions;
  clientId: string;
  redirectUri: string;
  /** When each access token ends, in milliseconds of the epoch. */
  tokens: Map<string, number>;
  refreshTokens: Set<string>;
  /** By the id of the page's form. */
  waiting: Map<string, CodeRequest>;
  codes: Map<string, CodeRequest>;
  devices: Map<string, DeviceRequest>;
  /** Tells the plane's log of a login, by its grant. */
  log(grant: string): void;
}

export function createIssuer(options: LoginOptions, log: Issuer["log"]): Issuer {
  return {
    options,
    clientId: options.clientId ?? "flyte-mcp",
    redirectUri: options.redirectUri ?? "http://localhost:53593/callback",
    tokens: new Map(),
    refreshTokens: new Set(),
    waiting: new Map(),
    codes: new Map(),
    devices: new Map(),
    log,
  };
}

/** A text that nobody guesses, with a name that tells what leaked when it shows up somewhere. */
export function createSecret(kind: string): string {
  return `${kind}-${randomBytes(18).toString("base64url")}`;
}

/** An access token: a JWT in form, so that the plane reads an identity from it. */
export function mintToken(issuer: Issuer, subject: string): string {
  const { tokenAgeS = 3600 } = issuer.options;
  const expiresAt = Date.now() + tokenAgeS * 1000;
  const claims = {
    sub: subject,
    email: `${subject}@example.com`,
    exp: Math.floor(expiresAt / 1000),
    jti: createSecret("jti"),
  };
  const parts = [{ alg: "none" }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const token = [...parts, createSecret("signature")].join(".");
  issuer.tokens.set(token, expiresAt);
  return token;
}

export function isValid(issuer: Issuer, authorization: string | null | undefined): boolean {
  const token = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  return (issuer.tokens.get(token) ?? 0) > Date.now();
}
