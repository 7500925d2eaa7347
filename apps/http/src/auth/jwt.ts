import type { Flyte } from "@flyte-mcp/core";
import { errors, jwtVerify } from "jose";
import type { JWTPayload, JWTVerifyOptions } from "jose";
import type { Refusal } from "../refusal.ts";
import { byBearer } from "./by-bearer.ts";
import type { Challenge, Complaint } from "./challenge.ts";
import type { Identify } from "./identify.ts";
import { createIssuerKeys, isKeysError } from "./issuer-keys.ts";
import { idOf } from "./read-bearer.ts";

export interface JwtRules {
  issuer: string;
  audience: readonly string[];
  jwksUrl: string | undefined;
  /** Scopes that a token must have, all of them. */
  scopes: readonly string[];
}

const SKEW_S = 30;
// No symmetric ones: whoever could check a token could make one.
const SIGNED_BY = ["RS", "PS", "ES"].flatMap((kind) => ["256", "384", "512"].map((size) => kind + size));

const NO_KEYS: Refusal = {
  status: 503,
  message: "The keys of the token's issuer cannot be had at the moment; try again.",
  headers: { "retry-after": "5" },
};

/** Lets callers in with a token of the issuer; this server's own credential goes to Flyte. */
export function createJwt(
  flyte: Flyte,
  rules: JwtRules,
  challenge: Challenge,
  warn: (message: string) => void,
): Identify {
  const { issuer, audience, scopes } = rules;
  const keys = createIssuerKeys(issuer, rules.jwksUrl);
  const options: JWTVerifyOptions = {
    issuer,
    audience: [...audience],
    algorithms: [...SIGNED_BY, "EdDSA", "Ed25519"],
    requiredClaims: ["exp"],
    clockTolerance: SKEW_S,
  };
  const needed = `A token of ${issuer} is needed.`;
  return byBearer({ challenge, needed }, async (token, request) => {
    try {
      const { payload } = await jwtVerify(token, keys, options);
      const missing = scopes.filter((scope) => !scopesOf(payload).includes(scope));
      if (missing.length === 0) return { id: idOf("jwt", token), subject: payload.sub, flyte };
      const message = `The token lacks the scope ${missing.join(", ")}.`;
      return challenge(request, { message, error: "insufficient_scope", scope: scopes });
    } catch (error) {
      if (isTokensFault(error)) return challenge(request, complain(error));
      warn(`keys of ${issuer}: ${reasonOf(error)}`);
      return NO_KEYS;
    }
  });
}

/** Scopes as OAuth has them, and as some issuers write them. */
function scopesOf({ scope, scp }: JWTPayload & { scope?: unknown; scp?: unknown }): string[] {
  return [scope, scp].flat().flatMap((each) => (typeof each === "string" ? each.split(/\s+/) : []));
}

function isTokensFault(error: unknown): error is errors.JOSEError {
  const ofKeys = ["ERR_JOSE_GENERIC", errors.JWKSInvalid.code, errors.JWKSTimeout.code];
  return error instanceof errors.JOSEError && !ofKeys.includes(error.code);
}

const CLAIMS: Readonly<Record<string, string>> = {
  iss: "is not of this server's issuer",
  aud: "is for another audience",
  exp: "has no end",
  nbf: "is not valid yet",
};

function complain(error: errors.JOSEError): Complaint {
  const claim = error instanceof errors.JWTClaimValidationFailed ? CLAIMS[error.claim] : undefined;
  const reason =
    error instanceof errors.JWTExpired ? "has expired" : (claim ?? "is not one that this server can trust");
  return { message: `The token ${reason}.`, error: "invalid_token" };
}

function reasonOf(error: unknown): string {
  return isKeysError(error) ? error.message : "what came is no key set";
}
