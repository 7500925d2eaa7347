import { createHash, randomBytes } from "node:crypto";
import { isLoopbackHost } from "../client/endpoint.ts";
import { createToolError } from "../errors/tool-error.ts";
import { assertEndpoint } from "./assert-endpoint.ts";
import { openLoopback } from "./loopback.ts";
import type { Login } from "./login.ts";
import { openBrowser } from "./open-browser.ts";
import { describeRefusal, requestToken } from "./request-token.ts";
import type { TokenReply } from "./request-token.ts";

const LONGEST_MS = 600_000;
const OWN_REDIRECT = "http://localhost:53593/callback";

/** Lets a person log in by a browser that comes back to this machine. Throws a tool error. */
export async function loginByBrowser(login: Login): Promise<TokenReply & { ok: true }> {
  const { discovered, clientId, scope, audience, rules, secrets, send, ask, tell } = login;
  // Nothing secret is sent there, so any host may show the login.
  const page = assertEndpoint(discovered.authorizationEndpoint, "login page", {
    ...rules,
    suffixes: undefined,
  });
  const redirectUri = readRedirect(discovered.redirectUri);
  const [verifier, state] = [randomBytes(64).toString("base64url"), randomBytes(40).toString("base64url")];
  [verifier, state].forEach(secrets.note);
  const query = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri.href,
    scope,
    audience,
    state,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(query)) if (value) page.searchParams.set(name, value);
  const startPath = `/login/${randomBytes(6).toString("hex")}`;
  const loopback = await openLoopback({ authorizeUrl: page.href, redirectUri, state, startPath });
  try {
    tell(`To log in to Flyte, open ${loopback.startUrl} in a browser on this machine.`);
    openBrowser(loopback.startUrl);
    ask(`open ${loopback.startUrl} in a browser on the machine where this MCP server runs.`);
    const code = await within(LONGEST_MS, loopback.code);
    secrets.note(code);
    const { tokenEndpoint: url } = discovered;
    const form = {
      grant_type: "authorization_code",
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri.href,
    };
    const reply = await requestToken(send, { url, form: { ...form, client_id: clientId, audience } });
    if (!reply.ok) throw describeRefusal(url, "the code that the browser brought", reply);
    return reply;
  } finally {
    loopback.close();
  }
}

/** The advertised address when it is one of this machine, else the one that the flyte tools use. */
function readRedirect(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (isLoopbackHost(url.hostname) && url.port === "")) {
    throw createToolError({
      code: "unauthenticated",
      message:
        "Flyte advertises no proper redirect address, with a host and a port, for logins by a browser.",
      hint: "The endpoint may be wrong, or the plane's public client is not configured; log in by --auth-type DeviceFlow, FLYTE_API_KEY or FLYTE_ACCESS_TOKEN.",
    });
  }
  const isOurs = url.protocol === "http:" && isLoopbackHost(url.hostname);
  return isOurs ? url : new URL(OWN_REDIRECT);
}

async function within<T>(ms: number, pending: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = createToolError({
      code: "unauthenticated",
      message: `Nobody has logged in to Flyte within ${ms / 60_000} minutes.`,
      hint: "Call the tool again to begin once more.",
      retryable: true,
    });
    timer = setTimeout(() => reject(error), ms).unref();
  });
  return Promise.race([pending, late]).finally(() => clearTimeout(timer));
}
