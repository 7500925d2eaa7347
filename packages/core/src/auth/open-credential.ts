import { join } from "node:path";
import type { Transport } from "@connectrpc/connect";
import type { Endpoint } from "../client/endpoint.ts";
import type { SendHttp } from "../client/send-http.ts";
import { createCredential } from "./create-credential.ts";
import type { TokenSource } from "./create-credential.ts";
import { asksForLogin, asksForProxyLogin } from "./credential.ts";
import type { Credential } from "./credential.ts";
import { discover, discoverHeader } from "./discover.ts";
import type { Discovered, Discovery } from "./discover.ts";
import { createPersonSource } from "./person-source.ts";
import type { AuthMode, AuthValues } from "./read-auth.ts";
import type { Tell } from "./tell.ts";
import type { SecretList } from "./secret-list.ts";
import { createClientSource, createCommandSource, createFileSource, createStaticSource } from "./sources.ts";
import { createFileStore, createMemoryStore } from "./token-store.ts";

/** Where a credential is used, and what for. */
export interface CredentialContext {
  values: AuthValues;
  endpoint: Endpoint;
  /** To the plane, without this credential. */
  transport: Transport;
  send: SendHttp;
  secrets: SecretList;
  /** The folder of what is kept between processes. */
  folder: string;
  /** Why nobody can log in here, undefined where somebody can. */
  obstacle: string | undefined;
  /** Whether nobody is asked to log in, though somebody could. */
  isSilent?: boolean | undefined;
  tell: Tell;
  patienceMs: number;
  secondMs: number;
}

/** The credential of a mode; whatever it needs is loaded with it, so import this only when a call is made. */
export function openCredential(mode: AuthMode, context: CredentialContext): Credential {
  return createCredential({
    source: sourceOf(mode, context),
    refuses: asksForLogin,
    patienceMs: context.patienceMs,
    headersOf: ({ value, headerName }) => ({
      authorization: `Bearer ${value}`,
      ...(headerName !== undefined && { [headerName]: `Bearer ${value}` }),
    }),
  });
}

/** The credential for a proxy before the plane. */
export function openProxyCredential(argv: readonly string[], secrets: SecretList): Credential {
  return createCredential({
    source: createCommandSource(argv, secrets, () => Promise.resolve(undefined)),
    refuses: asksForProxyLogin,
    patienceMs: 60_000,
    headersOf: ({ value }) => ({ "proxy-authorization": `Bearer ${value}` }),
  });
}

function sourceOf(mode: AuthMode, context: CredentialContext): TokenSource {
  const { transport, secrets, values, endpoint, send } = context;
  const findHeader = once(() => discoverHeader(transport));
  const discovery = onceFound(() => discover(transport, endpoint.url));
  const rules = { isLoopback: endpoint.isLoopback, suffixes: values.allowedTokenEndpointSuffixes };
  const { scopes, audience } = values;
  switch (mode.kind) {
    case "token":
      return createStaticSource(mode.token, secrets, findHeader);
    case "token-file":
      return createFileSource(mode.path, secrets, findHeader);
    case "command":
      return createCommandSource(mode.argv, secrets, findHeader);
    case "client-secret":
      return createClientSource({ ...mode, scopes, audience, rules, secrets, send, discovery });
    case "pkce":
    case "device": {
      const about = { rules, secrets, send, tell: context.tell, secondMs: context.secondMs };
      const { obstacle, isSilent } = context;
      const store = storeOf(mode, context);
      // Where no setting speaks of a login, the plane's own refusal says more than what a look for one meets.
      const find: Discovery = (again) =>
        mode.isAsked ? discovery(again) : discovery(again).catch(() => undefined);
      return createPersonSource({
        ...mode,
        scopes,
        audience,
        about,
        store,
        discovery: find,
        obstacle,
        isSilent,
      });
    }
    default:
      return { obtain: () => Promise.resolve(undefined) };
  }
}

function storeOf(mode: AuthMode & { kind: "pkce" | "device" }, context: CredentialContext) {
  const isKept = context.values.disableKeyring !== true && context.obstacle === undefined;
  if (!isKept) return createMemoryStore();
  const login = { origin: context.endpoint.url, mode: mode.kind, clientId: mode.clientId ?? "" };
  return createFileStore(join(context.folder, "tokens.json"), login, context.tell);
}

/** Asks until there is a login, but does not ask a plane again that has none and refuses nothing. */
function onceFound(load: () => Promise<Discovered | undefined>): Discovery {
  let find = once(load);
  return async (isRefused) => {
    const asked = find;
    const found = await asked();
    if (found || !isRefused) return found;
    // What hides it, such as a proxy whose plane is just starting, may be over.
    if (find === asked) find = once(load);
    return find();
  };
}

/** Asks once; after a failure, again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}
