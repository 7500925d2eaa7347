import { createWebAgents } from "@flyte-mcp/core";
import { createSendHttp } from "@flyte-mcp/core/callers";
import type { SendHttp } from "@flyte-mcp/core/callers";
import { createRemoteJWKSet, customFetch } from "jose";
import type { JWTVerifyGetKey } from "jose";
import { isSafe } from "./is-safe.ts";

/** The keys of an issuer cannot be had; no fault of the caller's. */
export function isKeysError(error: unknown): error is Error {
  return error instanceof Error && error.name === "KeysError";
}

const keysError = (message: string) => Object.assign(new Error(message), { name: "KeysError" });

const DOCUMENTS = ["openid-configuration", "oauth-authorization-server"];

/** The keys of an issuer, fetched when first needed, kept for ten minutes, and again for a key that is new. */
export function createIssuerKeys(issuer: string, jwksUrl: string | undefined): JWTVerifyGetKey {
  const send = createSendHttp(createWebAgents());
  const load = async () => {
    const url = jwksUrl ?? (await findKeys(send, issuer));
    if (!isSafe(url)) throw keysError(`${new URL(url).host} does not offer the keys over https`);
    return createRemoteJWKSet(new URL(url), {
      [customFetch]: async (at, { signal }) => new Response(await get(send, at, signal)),
    });
  };
  let loading: ReturnType<typeof load> | undefined;
  return async (header, token) => {
    loading ??= load();
    const keys = await loading.catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return keys(header, token);
  };
}

async function findKeys(send: SendHttp, issuer: string): Promise<string> {
  let problem: unknown;
  for (const url of DOCUMENTS.flatMap((document) => addressesOf(issuer, document))) {
    try {
      const text = await get(send, url, AbortSignal.timeout(5_000));
      const found = JSON.parse(text) as { issuer?: unknown; jwks_uri?: unknown };
      if (found.issuer === issuer && typeof found.jwks_uri === "string") return found.jwks_uri;
      problem ??= keysError(`${url} is not the metadata of ${issuer}`);
    } catch (error) {
      problem ??= error;
    }
  }
  throw isKeysError(problem) ? problem : keysError(`${issuer} has no metadata; give --jwt-jwks-url`);
}

/** OpenID puts its document below the issuer's path, RFC 8414 before it; some take either. */
function addressesOf(issuer: string, document: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  return [
    ...new Set([`${origin}${path}/.well-known/${document}`, `${origin}/.well-known/${document}${path}`]),
  ];
}

async function get(send: SendHttp, url: string, signal: AbortSignal): Promise<string> {
  const answer = await send({ method: "GET", url, headers: {}, content: new Uint8Array(), signal }).catch(
    (error: NodeJS.ErrnoException) => {
      throw keysError(`${url} cannot be reached (${error.code ?? error.name})`);
    },
  );
  if (answer.status !== 200) throw keysError(`${url} answers with HTTP ${answer.status}`);
  return answer.body;
}
