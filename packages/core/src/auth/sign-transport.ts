import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Transport } from "@connectrpc/connect";
import type { Endpoint } from "../client/endpoint.ts";
import type { SendHttp } from "../client/send-http.ts";
import { withCredential } from "../client/with-credential.ts";
import { tellOnStderr } from "./tell.ts";
import type { Tell } from "./tell.ts";
import { asksForLogin, asksForProxyLogin, NOBODY } from "./credential.ts";
import type { Credential } from "./credential.ts";
import type { AuthMode, AuthValues } from "./read-auth.ts";
import type { SecretList } from "./secret-list.ts";

/** Where a server runs, as far as logging in goes. */
export interface Surroundings {
  /** Whether a person is at this machine who can log in (default false). */
  isInteractive?: boolean;
  /** Uses logins that are kept, and asks nobody for a new one (default false). */
  isSilent?: boolean;
  env?: Record<string, string | undefined>;
  /** The folder for what is kept between processes (default `~/.flyte/mcp`). */
  folder?: string;
  /** How long a call waits for a person, in milliseconds (default 25,000). */
  patienceMs?: number;
  /** Tells the person at this machine something (default: on stderr). */
  tell?: Tell;
  /** Milliseconds of the token server's second (default 1,000); below that for tests alone. */
  secondMs?: number;
}

export interface SignOptions {
  values: AuthValues;
  endpoint: Endpoint;
  send: SendHttp;
  secrets: SecretList;
  surroundings: Surroundings;
}

const PATIENCE_MS = 25_000;

/** The transport with the proxy's token on every call, where a command gives one, and requests to the plane's own host with it. */
export function withProxyToken(
  next: Transport,
  { values, endpoint, send, secrets }: Omit<SignOptions, "surroundings">,
): { transport: Transport; send: SendHttp } {
  const argv = values.proxyCommand;
  if (!argv?.length) return { transport: next, send };
  const credential = lazyCredential(asksForProxyLogin, async () =>
    (await import("./open-credential.ts")).openProxyCredential(argv, secrets),
  );
  const { origin } = new URL(endpoint.url);
  return {
    transport: withCredential(next, credential),
    // The token is for what stands before the plane, and for nobody else.
    async send(request) {
      if (new URL(request.url).origin !== origin) return send(request);
      const { headers } = await credential.sign(request.signal);
      return send({ ...request, headers: { ...request.headers, ...headers } });
    },
  };
}

/** The transport with this server's own credential on every call. */
export function withLogin(next: Transport, mode: AuthMode, options: SignOptions): Transport {
  if (mode.kind === "none" || mode.kind === "pass-through") return next;
  const { surroundings, values, endpoint, send, secrets } = options;
  const { patienceMs = PATIENCE_MS, secondMs = 1000, tell = tellOnStderr } = surroundings;
  const folder = surroundings.folder ?? join(homedir(), ".flyte", "mcp");
  const isPerson = mode.kind === "pkce" || mode.kind === "device";
  const obstacle = isPerson ? findObstacle(mode.kind, surroundings) : undefined;
  const load = async () => {
    const { openCredential } = await import("./open-credential.ts");
    const { isSilent } = surroundings;
    const who = { folder, obstacle, isSilent, tell, patienceMs, secondMs };
    const about = { values, endpoint, send, secrets, ...who };
    return openCredential(mode, { ...about, transport: next });
  };
  // A plane that asks for no login is to cost none, not even the loading of what could do it.
  const isKnown = () => !isPerson || (obstacle === undefined && existsSync(join(folder, "tokens.json")));
  return withCredential(next, lazyCredential(asksForLogin, load, isKnown));
}

function findObstacle(kind: "pkce" | "device", { isInteractive, env = process.env }: Surroundings) {
  if (!isInteractive) return "this server may be anywhere, and a login needs a person beside it";
  const isContained = ["KUBERNETES_SERVICE_HOST", "K_SERVICE", "_U_EP_OVERRIDE"].some((name) => env[name]);
  if (kind === "device" || !isContained) return undefined;
  return "no browser can reach a server inside a cluster; --auth-type DeviceFlow does without";
}

function lazyCredential(
  refuses: Credential["refuses"],
  load: () => Promise<Credential>,
  isKnown = () => true,
): Credential {
  let loading: Promise<Credential> | undefined;
  const open = () => (loading ??= load());
  return {
    refuses,
    sign: async (signal) => (loading || isKnown() ? (await open()).sign(signal) : NOBODY),
    renew: async (refused, signal) => (await open()).renew(refused, signal),
  };
}
