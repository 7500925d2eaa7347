import type { SendHttp } from "../client/send-http.ts";
import { createToolError } from "../errors/tool-error.ts";
import type { ToolError } from "../errors/tool-error.ts";

/** What a token endpoint answers. */
export type TokenReply =
  | { ok: true; accessToken: string; refreshToken: string | undefined; lifeS: number }
  /** `error` is the code of RFC 6749 when there is one. */
  | { ok: false; status: number; error: string | undefined };

export interface FormRequest {
  url: string;
  form: Record<string, string | undefined>;
  headers?: Record<string, string>;
}

const DEFAULT_LIFE_S = 3600;
const NEVER = new AbortController().signal;

/** Posts a form to an OAuth server, fields without a value left out; a body that is no JSON object comes as undefined. */
export async function postForm(
  send: SendHttp,
  { url, form, headers }: FormRequest,
): Promise<{ status: number; json: Record<string, unknown> | undefined }> {
  const fields = Object.entries(form).filter((field): field is [string, string] => Boolean(field[1]));
  const { status, body } = await send({
    method: "POST",
    url,
    headers: {
      accept: "application/json",
      "cache-control": "no-cache",
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
    content: Buffer.from(new URLSearchParams(fields).toString()),
    signal: NEVER,
  }).catch((error: unknown) => {
    throw explainUnreachable(url, error);
  });
  return { status, json: readObject(body) };
}

/** Asks a token endpoint for a token. Throws a tool error when it cannot be reached. */
export async function requestToken(send: SendHttp, request: FormRequest): Promise<TokenReply> {
  const { status, json } = await postForm(send, request);
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn, error } = json ?? {};
  if (status === 200 && typeof accessToken === "string" && /^[\x21-\x7e]+$/.test(accessToken)) {
    // Some servers give the number as a text.
    const lifeS = Number(expiresIn) > 0 ? Number(expiresIn) : DEFAULT_LIFE_S;
    return { ok: true, accessToken, refreshToken: textOf(refreshToken), lifeS };
  }
  return { ok: false, status, error: textOf(error)?.match(/^[\w.-]{1,60}$/)?.[0] };
}

/** A refusal in plain words; the other side's own text stays out, it may hold what was sent. */
export function describeRefusal(url: string, what: string, reply: TokenReply & { ok: false }): ToolError {
  const { status, error } = reply;
  const { host } = new URL(url);
  if (error !== undefined) {
    return createToolError({
      code: "unauthenticated",
      message: `The login server ${host} refuses ${what}: ${error}.`,
      hint: "Check how this server logs in: client id and secret or API key, auth type, scopes and audience.",
    });
  }
  const said =
    status === 200
      ? "a page in place of a token"
      : `HTTP ${status}${status < 400 ? ", a redirect that is not followed" : ""}`;
  return createToolError({
    code: status >= 500 || status === 429 ? "unavailable" : "unauthenticated",
    message: `The login server ${host} answers ${said}.`,
    hint: "Check that Flyte advertises the right token endpoint.",
    retryable: status >= 500 || status === 429,
  });
}

function explainUnreachable(url: string, error: unknown): ToolError {
  const { code, name } = error as NodeJS.ErrnoException;
  return createToolError({
    code: "unavailable",
    message: `The login server ${new URL(url).host} cannot be reached (${code ?? name}).`,
    hint: "Check the network; the settings of TLS and proxies hold for it as well.",
    retryable: true,
  });
}

function readObject(body: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === "object" && json !== null ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
