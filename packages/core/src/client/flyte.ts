import type { Transport } from "@connectrpc/connect";
import { readAuth } from "../auth/read-auth.ts";
import type { AuthMode } from "../auth/read-auth.ts";
import { createSecretList } from "../auth/secret-list.ts";
import type { SecretList } from "../auth/secret-list.ts";
import { withLogin, withProxyToken } from "../auth/sign-transport.ts";
import type { Surroundings } from "../auth/sign-transport.ts";
import type { Scope } from "../contract.ts";
import { createToolError } from "../errors/tool-error.ts";
import type { ToolError } from "../errors/tool-error.ts";
import { secretForms } from "../errors/redact.ts";
import { createConsoleUrl } from "../flyte/console-url.ts";
import type { ConsoleUrl } from "../flyte/console-url.ts";
import type { flyteSettings } from "../settings/definitions.ts";
import type { Settings } from "../settings/read-settings.ts";
import { impliedConsole, impliedOrg, parseEndpoint } from "./endpoint.ts";
import type { Endpoint } from "./endpoint.ts";
import { createGetBytes } from "./get-bytes.ts";
import type { GetBytes } from "./get-bytes.ts";
import { createPutBytes } from "./put-bytes.ts";
import type { PutBytes } from "./put-bytes.ts";
import { createSendHttp } from "./send-http.ts";
import { createWire } from "./wire.ts";
import type { WireOptions } from "./wire.ts";
import { withHeaders } from "./with-headers.ts";

/** One Flyte control plane as a server sees it. */
export interface Flyte {
  transport: Transport;
  /** The same without this server's own credential. */
  unsigned: Transport;
  /** Sends bytes to a signed URL, with the same TLS settings. */
  putBytes: PutBytes;
  /** Reads bytes from a signed URL, with the same TLS settings. */
  getBytes: GetBytes;
  /** Named in errors. */
  endpoint: string;
  /** How calls are signed: `none`, `token`, `client-secret` and so on, or `pass-through` for a caller's own. */
  auth: string;
  defaults: Partial<Scope>;
  consoleUrl: ConsoleUrl;
  /** Why nothing can be called, e.g. that no endpoint is configured. */
  problem?: ToolError;
  /** What the person who runs the server should know, one sentence each. */
  warnings: readonly string[];
  /** Texts that no answer, error or log may show; more of them come with time. */
  secrets: readonly string[];
}

/** What a process knows beside the settings. */
export type FlyteOptions = WireOptions & Surroundings;

export type FlyteValues = Settings<typeof flyteSettings>["values"];

const NOT_CONFIGURED = createToolError({
  code: "not_configured",
  message: "No Flyte endpoint is configured for this MCP server.",
  hint: "Set --endpoint or FLYTE_ENDPOINT (and FLYTE_PROJECT, FLYTE_DOMAIN), or have a Flyte config file with admin.endpoint; --sandbox tries it without a cluster.",
});

/** The plane that the settings name; without an endpoint, one whose every call says what to set. Throws a settings error. */
export function createFlyte(values: FlyteValues, options: FlyteOptions = {}): Flyte {
  const { org, project, domain } = values;
  if (values.endpoint === undefined) {
    return createUnconfigured({ org, project, domain });
  }
  const endpoint = parseEndpoint(values.endpoint, values.insecure);
  const mode = readAuth(values, options.env);
  const wire = createWire(endpoint, values, options);
  const secrets = secretsOf(values, mode, wire.secrets);
  const way = { values, endpoint, secrets, send: createSendHttp(wire.agentFor) };
  const { transport: unsigned, send } = withProxyToken(wire.transport, way);
  return {
    transport: withLogin(unsigned, mode, { ...way, send, surroundings: options }),
    unsigned,
    putBytes: createPutBytes(wire.agentFor),
    getBytes: createGetBytes(wire.agentFor),
    endpoint: endpoint.url,
    auth: "isAsked" in mode && !mode.isAsked ? "none" : mode.kind,
    defaults: { org: org ?? impliedOrg(endpoint), project, domain },
    consoleUrl: createConsoleUrl(consoleOf(values, endpoint)),
    warnings: [...warningsOf(values, mode, endpoint), ...wire.warnings],
    secrets: secrets.list,
  };
}

function secretsOf({ apiKey }: FlyteValues, mode: AuthMode, others: readonly string[]): SecretList {
  const secrets = createSecretList([
    ...(mode.kind === "token" ? secretForms(`Bearer ${mode.token}`) : []),
    ...others,
  ]);
  if (mode.kind === "client-secret") secrets.keep(mode.clientSecret);
  if (apiKey !== undefined) secrets.keep(apiKey.trim());
  return secrets;
}

function createUnconfigured(defaults: Partial<Scope>): Flyte {
  const problem = NOT_CONFIGURED;
  const fail = () => Promise.reject(problem);
  const transport: Transport = { unary: fail, stream: fail };
  const consoleUrl = () => undefined;
  return {
    transport,
    unsigned: transport,
    putBytes: () => Promise.reject(problem),
    getBytes: () => Promise.reject(problem),
    endpoint: "",
    auth: "none",
    defaults,
    consoleUrl,
    problem,
    warnings: [problem.explanation.message],
    secrets: [],
  };
}

function warningsOf(
  { insecureSkipVerify, caFile }: FlyteValues,
  { kind }: AuthMode,
  endpoint: Endpoint,
): string[] {
  const hasToken = ["token", "token-file", "command", "client-secret"].includes(kind);
  const isBare = hasToken && !endpoint.isSecure && !endpoint.isLoopback;
  const isUnchecked = endpoint.isSecure && insecureSkipVerify === true && caFile === undefined;
  return [
    ...(isBare ? [`The access token goes to ${endpoint.url} in clear text.`] : []),
    ...(isUnchecked ? [`The TLS certificate of ${endpoint.url} is not checked.`] : []),
  ];
}

function consoleOf({ consoleUrl, insecure }: FlyteValues, endpoint: Endpoint): string | undefined {
  return consoleUrl === undefined ? impliedConsole(endpoint) : parseEndpoint(consoleUrl, insecure).url;
}

/** The same plane for another caller: its own credential in place of ours, and its cookies where they are one. */
export function withCaller(flyte: Flyte, authorization: string | undefined, cookie?: string): Flyte {
  const own = [...(authorization === undefined ? [] : secretForms(authorization)), ...cookieForms(cookie)];
  return {
    ...flyte,
    auth: "pass-through",
    // Verbatim: a credential may be a token or an encoded key.
    transport: withHeaders(flyte.unsigned, (headers) => {
      if (authorization !== undefined) headers.set("authorization", authorization);
      if (cookie !== undefined) headers.set("cookie", cookie);
    }),
    get secrets() {
      return [...flyte.secrets, ...own];
    },
  };
}

/** A short value of a cookie is a switch of some page, and hiding it would garble answers. */
function cookieForms(cookie = ""): string[] {
  const values = cookie.split(";").map((pair) => pair.slice(pair.indexOf("=") + 1).trim());
  return values.filter((value) => value.length >= 8).flatMap((value) => secretForms(value));
}
