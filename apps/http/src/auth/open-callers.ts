import type { IncomingMessage } from "node:http";
import type { Flyte } from "@flyte-mcp/core";
import { findAuthorizationServer } from "@flyte-mcp/core/callers";
import { createAnyone } from "./anyone.ts";
import { createChallenge } from "./challenge.ts";
import type { Challenge } from "./challenge.ts";
import type { Identify } from "./identify.ts";
import { createPassThrough } from "./pass-through.ts";
import { idOf } from "./read-bearer.ts";
import type { CallerRules, CallerValues } from "./read-caller-rules.ts";
import { createResourceMetadata } from "./resource-metadata.ts";
import type { ResourceMetadata } from "./resource-metadata.ts";
import { createSharedSecret } from "./shared-secret.ts";

/** Who may call, ready to be asked. */
export interface Callers {
  identify: Identify;
  /** Whose request it is as far as limits go; undefined for a person on this machine. */
  keyOf(request: IncomingMessage): string | undefined;
  /** Paths where clients learn how to log in. */
  pages: ResourceMetadata["pages"];
  /** What the person who starts the server should know. */
  note: string | undefined;
}

const SERVER_SIGNS = "this server's own credential goes to Flyte";

/** Prepares what the rules need; nobody is asked yet. */
export async function openCallers(
  rules: CallerRules,
  flyte: Flyte,
  values: CallerValues & { mountPath: string },
  warn: (message: string) => void,
): Promise<Callers> {
  const metadata = createResourceMetadata({ mountPath: values.mountPath, publicUrl: values.publicUrl }, () =>
    findServer(rules, flyte),
  );
  const isOpen = rules.kind === "none" && !rules.isPrivate;
  return {
    identify: await createIdentify(rules, flyte, values, createChallenge(metadata), warn),
    keyOf: createKeyOf(isOpen, values.forwardCookie === true),
    pages: metadata.pages,
    note: describe(rules),
  };
}

async function findServer(rules: CallerRules, flyte: Flyte) {
  if (rules.kind === "jwt") return { issuer: rules.jwt.issuer, scopes: rules.jwt.scopes };
  return rules.kind === "passthrough" && !flyte.problem ? findAuthorizationServer(flyte) : undefined;
}

async function createIdentify(
  rules: CallerRules,
  flyte: Flyte,
  { verifyFor, forwardCookie = false }: CallerValues,
  challenge: Challenge,
  warn: (message: string) => void,
): Promise<Identify> {
  switch (rules.kind) {
    case "none":
      return createAnyone(flyte);
    case "shared-secret":
      return createSharedSecret(flyte, rules.secrets, challenge);
    case "jwt":
      // Most servers check no tokens themselves.
      return (await import("./jwt.ts")).createJwt(flyte, rules.jwt, challenge, warn);
    case "passthrough": {
      const stranger = rules.isPrivate ? { id: "anonymous", flyte } : undefined;
      const how = { verifyForS: verifyFor, forwardsCookies: forwardCookie };
      return createPassThrough({ flyte, stranger, challenge, ...how });
    }
  }
}

function createKeyOf(isOpen: boolean, forwardsCookies: boolean): Callers["keyOf"] {
  return ({ headers, socket }) => {
    const { authorization, cookie } = headers;
    if (isOpen) return `address:${socket.remoteAddress}`;
    const parts = [authorization, forwardsCookies ? cookie : undefined];
    return parts.every((part) => part === undefined) ? undefined : idOf("limit", JSON.stringify(parts));
  };
}

function describe(rules: CallerRules): string | undefined {
  switch (rules.kind) {
    case "passthrough":
      return rules.isPrivate
        ? undefined
        : "Callers need a credential for Flyte, and each caller's own goes there.";
    case "jwt":
      return `Callers need a token of ${rules.jwt.issuer}; ${SERVER_SIGNS}.`;
    case "shared-secret":
      return `Callers need the shared secret; ${SERVER_SIGNS}.`;
    case "none":
      return rules.isPrivate
        ? undefined
        : `Anybody may call, so that only reading is offered; ${SERVER_SIGNS}.`;
  }
}
