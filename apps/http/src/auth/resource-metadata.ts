import type { IncomingMessage } from "node:http";
import type { AuthorizationServer } from "@flyte-mcp/core/callers";
import type { Page } from "../handler.ts";
import { endpointPath } from "../find-place.ts";
import { remember } from "../remember.ts";
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
  const find = remember(ask, {
    keepMs: KEEP_MS,
    keepFailureMs: KEEP_FAILURE_MS,
    patienceMs: PATIENCE_MS,
    // What was true is most likely still so.
    otherwise: (last) => last,
  });
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
  const endpoint = endpointPath(place.mountPath);
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
  const endpoint = endpointPath(mountPath);
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
