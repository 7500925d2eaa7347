import { setTimeout as sleep } from "node:timers/promises";
import { createToolError } from "../errors/tool-error.ts";
import { assertEndpoint } from "./assert-endpoint.ts";
import type { Login } from "./login.ts";
import { describeRefusal, postForm, requestToken } from "./request-token.ts";
import type { FormRequest, TokenReply } from "./request-token.ts";

interface Device {
  deviceCode: string;
  userCode: string;
  page: string;
  /** The page that knows the code already. */
  pageWithCode: string;
  lifeS: number;
  intervalS: number;
}

const GRANT = "urn:ietf:params:oauth:grant-type:device_code";
const DEFAULT_INTERVAL_S = 5;
const SLOWER_BY_S = 5;
const LONGEST_S = 900;

/** Lets a person log in on any device, by a code. Throws a tool error. */
export async function loginByDevice(login: Login): Promise<TokenReply & { ok: true }> {
  const { discovered, clientId, scope, audience, rules, secrets, send, ask, tell, secondMs } = login;
  if (discovered.deviceEndpoint === "") {
    throw createToolError({
      code: "unauthenticated",
      message: "Flyte offers no login by a device code.",
      hint: "Log in by --auth-type Pkce, FLYTE_API_KEY or FLYTE_ACCESS_TOKEN.",
    });
  }
  assertEndpoint(discovered.deviceEndpoint, "device login endpoint", rules);
  const about = { client_id: clientId, scope, audience };
  const device = await begin(login, { url: discovered.deviceEndpoint, form: about });
  secrets.note(device.deviceCode);
  tell(`To log in to Flyte, open ${device.pageWithCode} and confirm the code ${device.userCode}.`);
  ask(`open ${device.page} in any browser and enter the code ${device.userCode}.`);
  const form = { grant_type: GRANT, device_code: device.deviceCode, ...about };
  return poll(() => requestToken(send, { url: discovered.tokenEndpoint, form }), device, {
    url: discovered.tokenEndpoint,
    secondMs,
  });
}

async function begin({ send }: Login, request: FormRequest): Promise<Device> {
  const { status, json = {} } = await postForm(send, request);
  const text = (name: string) => (typeof json[name] === "string" ? json[name] : "");
  const [deviceCode, userCode, page] = [text("device_code"), text("user_code"), text("verification_uri")];
  const error = /^[\w.-]{1,60}$/.exec(text("error"))?.[0];
  if (status !== 200 || deviceCode === "" || !isCode(userCode) || !isPage(page)) {
    throw describeRefusal(request.url, "a login by device code", { ok: false, status, error });
  }
  const complete = text("verification_uri_complete");
  return {
    deviceCode,
    userCode,
    page,
    pageWithCode: isPage(complete) ? complete : withCode(page, userCode),
    lifeS: Math.min(Number(json["expires_in"]) || LONGEST_S, LONGEST_S),
    // A pause beyond what timers take would be none at all.
    intervalS: Math.min(Math.max(1, Number(json["interval"]) || DEFAULT_INTERVAL_S), LONGEST_S),
  };
}

/** Asks for the token until the person has decided or the code's life is over. */
async function poll(
  request: () => Promise<TokenReply>,
  { lifeS, intervalS }: Device,
  { url, secondMs }: { url: string; secondMs: number },
): Promise<TokenReply & { ok: true }> {
  const endsAt = performance.now() + lifeS * 1000;
  for (let pauseS = intervalS; performance.now() < endsAt;) {
    await sleep(pauseS * secondMs, undefined, { ref: false });
    // A server that is away for a moment must not cost the person the login.
    const reply = await request().catch(() => undefined);
    if (reply?.ok) return reply;
    if (!reply || reply.error === "authorization_pending" || isPassing(reply)) continue;
    if (reply.error === "slow_down") pauseS += SLOWER_BY_S;
    else if (reply.error === "access_denied") throw refuse("was refused by the person who was asked");
    else if (reply.error === "expired_token") break;
    else throw describeRefusal(url, "the device code", reply);
  }
  throw refuse("was not confirmed before its code expired");
}

function isPassing({ status, error }: TokenReply & { ok: false }): boolean {
  return status >= 500 || status === 429 || (status === 200 && error === undefined);
}

function isCode(text: string): boolean {
  return /^[\x21-\x7e ]{1,40}$/.test(text);
}

function isPage(text: string): boolean {
  return /^https?:\/\/[\x21-\x7e]{1,500}$/i.test(text) && URL.canParse(text);
}

function withCode(page: string, userCode: string): string {
  const url = new URL(page);
  url.searchParams.set("user_code", userCode);
  return url.href;
}

function refuse(what: string): Error {
  return createToolError({
    code: "unauthenticated",
    message: `The login to Flyte ${what}.`,
    hint: "Call the tool again to log in once more.",
    retryable: true,
  });
}
