import type { IncomingMessage } from "node:http";
import type { AuthorizationServer } from "@flyte-mcp/core/callers";
import type { Page } from "../handler.ts";
import { sendJson } from "../send.ts";

const WELL_KNOWN = "/.well-known/oauth-protected-resource";
const KEEP_MS = 300_000;
const KEEP_FAILURE_MS = 15_000;
// A refusal is not to wait longer for what is only an aid.
const PATIENCE_MS = 3_000;

/** What RFC 9728 lets a client know of this server: where to get a token for it. */
export interface ResourceMetadata {
  /** The authorization server, undefined where none is known; asked once for all, and never longer than a moment. */
  find(): Promise<AuthorizationServer | undefined>;
  /** Where the metadata of this server are, as the sender of a request reaches it. */
  urlFor(request: IncomingMessage): string | undefined;
  /** The paths where they are served. */
  pages: ReadonlyMap<string, Page>;
}

export interface Place {
  mountPath: string;
  publicUrl?: string | undefined;
}

/** The metadata of this server; `ask` names the authorization server, and may fail. */
export function createResourceMetadata(
  place: Place,
  ask: () => Promise<AuthorizationServer | undefined>,
): ResourceMetadata {
  const find = rememberFor(ask);
  const page: Page = (request, response) => {
    void find().then((server) => {
      const resource = resourceOf(request, place);
      if (server === undefined || resource === undefined) {
        return sendJson(response, 404, { error: "No authorization server is known for this MCP server." });
      }
      sendJson(response, 200, {
        resource: resource.href,
        authorization_servers: [server.issuer],
        ...(server.scopes.length > 0 && { scopes_supported: server.scopes }),
        bearer_methods_supported: ["header"],
        resource_name: "Flyte MCP",
      });
    });
  };
  const endpoint = `${place.mountPath}/mcp`;
  const paths = ["", endpoint, ...(place.publicUrl ? [joinPath(place.publicUrl, endpoint)] : [])];
  return {
    find,
    pages: new Map(paths.map((path) => [`${WELL_KNOWN}${path}`, page])),
    urlFor(request) {
      const resource = resourceOf(request, place);
      return resource && `${resource.origin}${WELL_KNOWN}${resource.pathname}`;
    },
  };
}

/** The endpoint's address as the sender of a request knows it. */
export function resourceOf({ headers }: IncomingMessage, { mountPath, publicUrl }: Place): URL | undefined {
  const endpoint = `${mountPath}/mcp`;
  if (publicUrl !== undefined) return new URL(joinPath(publicUrl, endpoint), publicUrl);
  // Whoever lies here lies to himself: only his own answer names it.
  const scheme = headers["x-forwarded-proto"] === "https" ? "https" : "http";
  const base = `${scheme}://${headers.host}`;
  return URL.canParse(base) ? new URL(endpoint, base) : undefined;
}

/** A path behind that of a base address. */
export function joinPath(base: string, path: string): string {
  return `${new URL(base).pathname.replace(/\/+$/, "")}${path}`;
}

function rememberFor<T>(ask: () => Promise<T | undefined>): () => Promise<T | undefined> {
  let known: { value: T | undefined; until: number } | undefined;
  let asking: Promise<T | undefined> | undefined;
  const load = async () => {
    try {
      known = { value: await ask(), until: performance.now() + KEEP_MS };
    } catch {
      // What was true is most likely still so.
      known = { value: known?.value, until: performance.now() + KEEP_FAILURE_MS };
    }
    asking = undefined;
    return known.value;
  };
  return () => {
    if (known && known.until > performance.now()) return Promise.resolve(known.value);
    asking ??= load();
    return Promise.race([asking, giveUp(() => known?.value)]);
  };
}

function giveUp<T>(value: () => T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value()), PATIENCE_MS).unref());
}
