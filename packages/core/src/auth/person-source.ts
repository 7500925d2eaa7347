import { createToolError } from "../errors/tool-error.ts";
import { assertEndpoint } from "./assert-endpoint.ts";
import type { Ask, TokenSource } from "./create-credential.ts";
import { loginByDevice } from "./device.ts";
import type { Discovered, Discovery } from "./discover.ts";
import type { Login } from "./login.ts";
import { loginByBrowser } from "./pkce.ts";
import { describeRefusal, requestToken } from "./request-token.ts";
import type { TokenReply } from "./request-token.ts";
import { isFresh, staleAfter } from "./token.ts";
import type { Token } from "./token.ts";
import type { StoredToken, TokenStore } from "./token-store.ts";

export interface PersonOptions {
  kind: "pkce" | "device";
  clientId: string | undefined;
  scopes: readonly string[] | undefined;
  audience: string | undefined;
  about: Pick<Login, "rules" | "secrets" | "send" | "tell" | "secondMs">;
  store: TokenStore;
  discovery: Discovery;
  /** Why nobody can log in here, undefined where somebody can. */
  obstacle: string | undefined;
  /** Whether nobody is asked to log in, though somebody could. */
  isSilent?: boolean | undefined;
}

/** Tokens of a person: those that are kept, else by refresh, else by a login. */
export function createPersonSource(options: PersonOptions): TokenSource {
  const { store, about, discovery, obstacle } = options;
  const known = (stored: StoredToken | undefined) => stored && readStored(stored, about.secrets);
  return {
    restore: async () => known(store.read()),
    async obtain(last, ask, isRefused) {
      const discovered = await discovery(isRefused);
      if (!discovered) return undefined;
      if (obstacle !== undefined) throw refuse(obstacle);
      const login = createLogin(options, discovered, ask);
      const kept = known(await renewKept(login, store, last));
      if (kept && kept.value !== last?.value && isFresh(kept)) return kept;
      if (options.isSilent) throw loginRequired();
      const granted = await (options.kind === "device" ? loginByDevice(login) : loginByBrowser(login));
      const stored = toStored(granted, login, undefined);
      await store.update(() => Promise.resolve(stored));
      about.tell("Logged in to Flyte.");
      return { ...readStored(stored, about.secrets), isPersonal: true };
    },
  };
}

function createLogin(options: PersonOptions, discovered: Discovered, ask: Ask): Login {
  const { about, scopes, audience } = options;
  const clientId = options.clientId ?? discovered.clientId;
  const scope = (scopes ?? discovered.scopes).join(" ");
  const tokenEndpoint = assertEndpoint(discovered.tokenEndpoint, "token endpoint", about.rules).href;
  return {
    ...about,
    discovered: { ...discovered, tokenEndpoint },
    clientId,
    scope,
    audience: audience ?? discovered.audience,
    ask,
  };
}

/** What another process has renewed meanwhile, or what a refresh brings; one process at a time. */
function renewKept(
  login: Login,
  store: TokenStore,
  last: Token | undefined,
): Promise<StoredToken | undefined> {
  return store.update(async (kept) => {
    if (kept && kept.accessToken !== last?.value && kept.staleAt > Date.now()) return kept;
    const refreshToken = kept?.refreshToken ?? last?.refreshToken;
    if (refreshToken === undefined) return undefined;
    const { clientId, scope, audience, send, discovered } = login;
    const form = {
      grant_type: "refresh_token",
      refresh_token: refreshToken,
      client_id: clientId,
      scope,
      audience,
    };
    const reply = await requestToken(send, { url: discovered.tokenEndpoint, form });
    if (reply.ok) return toStored(reply, login, refreshToken);
    // The server that knows no such token any more asks for a login; one that is away for a moment does not.
    if (reply.status === 400 || reply.status === 401) return undefined;
    throw describeRefusal(discovered.tokenEndpoint, "the refresh of a login", reply);
  });
}

function toStored(
  { accessToken, refreshToken, lifeS }: TokenReply & { ok: true },
  { discovered }: Login,
  oldRefreshToken: string | undefined,
): StoredToken {
  const refresh = refreshToken ?? oldRefreshToken;
  const { headerName } = discovered;
  return {
    accessToken,
    staleAt: staleAfter(lifeS),
    ...(refresh !== undefined && { refreshToken: refresh }),
    ...(headerName !== undefined && { headerName }),
  };
}

function readStored({ accessToken, ...rest }: StoredToken, secrets: Login["secrets"]): Token {
  secrets.note(accessToken);
  if (rest.refreshToken !== undefined) secrets.note(rest.refreshToken);
  return { value: accessToken, ...rest };
}

function loginRequired(): Error {
  return createToolError({
    code: "login_required",
    message: "Flyte asks for a login by a person, and none is kept on this machine.",
    hint: "The first tool call starts it, in the browser or by a code; FLYTE_API_KEY, FLYTE_AUTH_COMMAND or FLYTE_ACCESS_TOKEN do without.",
    retryable: true,
  });
}

function refuse(obstacle: string): Error {
  return createToolError({
    code: "unauthenticated",
    message: `Flyte asks for a login, and nobody can log in here: ${obstacle}.`,
    hint: "Set FLYTE_API_KEY, FLYTE_CLIENT_ID with FLYTE_CLIENT_SECRET, FLYTE_AUTH_COMMAND, or FLYTE_ACCESS_TOKEN or its file; over HTTP a caller may send its own Authorization header.",
  });
}
