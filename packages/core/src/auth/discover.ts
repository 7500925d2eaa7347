import { Code, ConnectError, createClient } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import { createToolError } from "../errors/tool-error.ts";
import type { ToolError } from "../errors/tool-error.ts";

/** How a plane lets people and programs log in. */
export interface Discovered {
  /** Names its authorization server; empty where it does not say. */
  issuer: string;
  tokenEndpoint: string;
  authorizationEndpoint: string;
  deviceEndpoint: string;
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  audience: string;
  /** The header that its proxy reads instead of `authorization`. */
  headerName: string | undefined;
}

/** How a plane lets log in, undefined where it has no login; `isRefused` when it has just asked for one. */
export type Discovery = (isRefused: boolean) => Promise<Discovered | undefined>;

const LONGEST_MS = 10_000;
// Headers that belong to the connection or to the message.
const TAKEN =
  /^(host|connection|content-.*|transfer-encoding|te|upgrade|trailer|expect|keep-alive|proxy-.*)$/;

/** Asks a plane how to log in; undefined where it has no login of its own. Throws a tool error or the call's. */
export async function discover(transport: Transport, endpoint: string): Promise<Discovered | undefined> {
  const client = createClient(AuthMetadataService, transport);
  const ended = new AbortController();
  const options = { timeoutMs: LONGEST_MS, signal: ended.signal };
  try {
    const [server, config] = await Promise.all([
      client.getOAuth2Metadata({}, options),
      client.getPublicClientConfig({}, options),
    ]);
    if (server.tokenEndpoint === "") return undefined;
    return {
      issuer: server.issuer,
      tokenEndpoint: server.tokenEndpoint,
      authorizationEndpoint: server.authorizationEndpoint,
      deviceEndpoint: server.deviceAuthorizationEndpoint,
      clientId: config.clientId,
      redirectUri: config.redirectUri,
      scopes: config.scopes,
      audience: config.audience,
      headerName: readHeaderName(config.authorizationMetadataKey),
    };
  } catch (error) {
    if (error instanceof ConnectError && error.code === Code.Unimplemented) return undefined;
    throw explainPage(error, endpoint) ?? error;
  } finally {
    // Where one of the two fails, nobody waits for the other and its retries.
    ended.abort();
  }
}

/** The header alone, undefined where it is `authorization` or cannot be asked for. */
export async function discoverHeader(transport: Transport): Promise<string | undefined> {
  const client = createClient(AuthMetadataService, transport);
  const config = await client.getPublicClientConfig({}, { timeoutMs: LONGEST_MS }).catch(() => undefined);
  return config && readHeaderName(config.authorizationMetadataKey);
}

function readHeaderName(text: string): string | undefined {
  const name = text.trim().toLowerCase();
  const isUsable = /^[a-z0-9-]{1,64}$/.test(name) && !TAKEN.test(name) && name !== "authorization";
  return isUsable ? name : undefined;
}

function explainPage(error: unknown, endpoint: string): ToolError | undefined {
  if (!(error instanceof ConnectError)) return undefined;
  if (!/unsupported content type|^HTTP (30\d|405)$/i.test(error.rawMessage)) return undefined;
  return createToolError({
    code: "unauthenticated",
    message: `${endpoint} does not say how to log in: it answers with a page where AuthMetadataService should be.`,
    hint: "The endpoint may be the console or a login page, or a proxy before Flyte does not let AuthMetadataService pass without a login. Give Flyte's API address, or a token by FLYTE_ACCESS_TOKEN or FLYTE_AUTH_COMMAND.",
  });
}
