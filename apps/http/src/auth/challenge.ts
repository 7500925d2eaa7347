import type { IncomingMessage } from "node:http";
import type { Refusal } from "../refusal.ts";
import type { ResourceMetadata } from "./resource-metadata.ts";

/** Why a caller has to show another credential, in the words of RFC 6750. */
export interface Complaint {
  message: string;
  error?: "invalid_token" | "insufficient_scope";
  scope?: readonly string[];
}

/** Makes the refusal that leads a client to log in. */
export type Challenge = (request: IncomingMessage, complaint: Complaint) => Promise<Refusal>;

/** Answers 401, or 403 where only a scope is missing, with `WWW-Authenticate`; it names the metadata where there are any. */
export function createChallenge({ urlFor, find }: ResourceMetadata): Challenge {
  return async (request, { message, error, scope }) => {
    const server = await find();
    const url = server && urlFor(request);
    const scopes = scope ?? server?.scopes ?? [];
    const parameters = Object.entries({
      error,
      ...(scopes.length > 0 && { scope: scopes.join(" ") }),
      resource_metadata: url,
    }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${quotable(value)}"`]));
    const header = parameters.length === 0 ? "Bearer" : `Bearer ${parameters.join(", ")}`;
    return {
      status: error === "insufficient_scope" ? 403 : 401,
      message,
      headers: { "www-authenticate": header },
    };
  };
}

function quotable(text: string): string {
  return text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "");
}
