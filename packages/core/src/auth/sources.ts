import { readFile } from "node:fs/promises";
import { createToolError } from "../errors/tool-error.ts";
import { assertEndpoint } from "./assert-endpoint.ts";
import type { EndpointRules } from "./assert-endpoint.ts";
import type { TokenSource } from "./create-credential.ts";
import type { Discovery } from "./discover.ts";
import { describeRefusal, requestToken } from "./request-token.ts";
import { runTokenCommand } from "./run-command.ts";
import type { SecretList } from "./secret-list.ts";
import type { SendHttp } from "../client/send-http.ts";
import { isFresh, staleAfter, staleByText } from "./token.ts";

/** Tokens that are read from somewhere on this machine; the plane is asked for its header only when it refuses one. */
function createReadSource(
  read: () => Promise<{ value: string; staleAt: number }>,
  secrets: SecretList,
  findHeader: () => Promise<string | undefined>,
): TokenSource {
  return {
    async obtain(last, _ask, isRefused) {
      const headerName = last?.headerName ?? (isRefused ? await findHeader() : undefined);
      const named = headerName === undefined ? {} : { headerName };
      // The token may be right and only have gone in the wrong header.
      if (isRefused && last && isFresh(last) && headerName !== last.headerName) return { ...last, ...named };
      const token = await read();
      secrets.note(token.value);
      return { ...token, ...named };
    },
  };
}

type Rest = [SecretList, () => Promise<string | undefined>];

export function createStaticSource(value: string, ...rest: Rest): TokenSource {
  return createReadSource(() => Promise.resolve({ value, staleAt: Infinity }), ...rest);
}

/** The file is read at every call: whatever renews it is followed at once. */
export function createFileSource(path: string, ...rest: Rest): TokenSource {
  return createReadSource(async () => ({ value: await readTokenFile(path), staleAt: 0 }), ...rest);
}

export function createCommandSource(argv: readonly string[], ...rest: Rest): TokenSource {
  return createReadSource(
    async () => {
      const value = await runTokenCommand(argv);
      return { value, staleAt: staleByText(value) };
    },
    ...rest,
  );
}

async function readTokenFile(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw refuseFile(path, `cannot be read (${error.code})`);
  });
  const token = text.trim().replace(/^bearer\s+/i, "");
  if (token === "") throw refuseFile(path, "is empty");
  if (!/^[\x21-\x7e]+$/.test(token)) throw refuseFile(path, "holds more than a token");
  return token;
}

function refuseFile(path: string, what: string): Error {
  return createToolError({
    code: "unauthenticated",
    message: `The access token file ${path} ${what}.`,
    hint: "It is set by --access-token-file or FLYTE_ACCESS_TOKEN_FILE, and is to hold one bearer token.",
    retryable: true,
  });
}

export interface ClientOptions {
  clientId: string;
  clientSecret: string;
  scopes: readonly string[] | undefined;
  audience: string | undefined;
  rules: EndpointRules;
  secrets: SecretList;
  send: SendHttp;
  discovery: Discovery;
}

/** Tokens for a client's secret. */
export function createClientSource(options: ClientOptions): TokenSource {
  const { clientId, clientSecret, scopes, audience, rules, secrets, send, discovery } = options;
  // The secret goes encoded as in a form, the client's id as it is: so do the flyte tools.
  const encoded = new URLSearchParams({ "": clientSecret }).toString().slice(1);
  const basic = Buffer.from(`${clientId}:${encoded}`).toString("base64");
  [clientSecret, encoded, basic].forEach(secrets.keep);
  return {
    async obtain(_last, _ask, isRefused) {
      const discovered = await discovery(isRefused);
      if (!discovered) return undefined;
      const url = assertEndpoint(discovered.tokenEndpoint, "token endpoint", rules).href;
      const form = {
        grant_type: "client_credentials",
        scope: (scopes ?? discovered.scopes).join(" "),
        audience: audience ?? discovered.audience,
      };
      const reply = await requestToken(send, { url, form, headers: { authorization: `Basic ${basic}` } });
      if (!reply.ok) throw describeRefusal(url, "the client id and secret", reply);
      secrets.note(reply.accessToken);
      return {
        value: reply.accessToken,
        staleAt: staleAfter(reply.lifeS),
        ...(discovered.headerName !== undefined && { headerName: discovered.headerName }),
      };
    },
  };
}
