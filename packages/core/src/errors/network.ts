import { Code } from "@connectrpc/connect";
import type { ConnectError } from "@connectrpc/connect";
import { isStreamCut, networkCause } from "./network-cause.ts";
import type { NetworkCause } from "./network-cause.ts";
import type { Explanation } from "./tool-error.ts";

/** How to say where Flyte is. */
export const SET_ENDPOINT =
  "Set the endpoint by --endpoint, FLYTE_ENDPOINT or admin.endpoint in the Flyte config file.";
const SET_CA =
  "Give the authority's certificates by --ca-file or admin.caCertFilePath, or, to accept any certificate, set --insecure-skip-verify.";
const SET_PROXY =
  "Set the proxy, with a user and password where it wants them, by --http-proxy or HTTPS_PROXY; hosts to reach without it go into NO_PROXY.";
// What a server's TLS says when it misses the client's certificate, or does not know it.
const WANTS_CERTIFICATE = /alert (handshake failure|bad certificate|unknown ca|certificate required)/;
const SET_CERTIFICATE =
  "Give a client certificate that it accepts by --client-cert-file and --client-key-file.";

const BY_CAUSE: Record<string, (endpoint: string) => [message: string, hint: string]> = {
  ECONNREFUSED: (at) => [`Nothing listens at ${at}.`, `Start Flyte there. ${SET_ENDPOINT}`],
  ENOTFOUND: (at) => [`The host of ${at} is not known.`, SET_ENDPOINT],
  EAI_AGAIN: (at) => [`The host of ${at} could not be looked up.`, `Check the network. ${SET_ENDPOINT}`],
  ETIMEDOUT: (at) => [`${at} did not answer in time.`, `Check the network and the port. ${SET_ENDPOINT}`],
  EHOSTUNREACH: (at) => [`${at} cannot be reached.`, `Check the network. ${SET_ENDPOINT}`],
  ENETUNREACH: (at) => [`${at} cannot be reached.`, `Check the network. ${SET_ENDPOINT}`],
  ECONNRESET: cutsConnection,
  EPIPE: cutsConnection,
  EPROTO: speaksPlain,
  ERR_SSL_WRONG_VERSION_NUMBER: speaksPlain,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: speaksPlain,
  ERR_HTTP2_ERROR: speaksOlder,
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: speaksOlder,
  CERT_HAS_EXPIRED: (at) => [`The TLS certificate of ${at} has expired.`, SET_CA],
  ERR_TLS_CERT_ALTNAME_INVALID: (at) => [`The TLS certificate of ${at} is for another host.`, SET_ENDPOINT],
};

// Said of credentials, rights and load by any server; the code says enough.
const OWN_WORDS: readonly string[] = ["HTTP 401", "HTTP 403", "HTTP 429"];

function cutsConnection(at: string): [string, string] {
  const hint = at.startsWith("https:")
    ? `It may be restarting, or not accept the client certificate. ${SET_CERTIFICATE}`
    : `It may speak TLS where plain HTTP is set. ${SET_ENDPOINT}`;
  return [`${at} cut the connection.`, hint];
}

function speaksOlder(at: string): [string, string] {
  return [`${at} does not speak HTTP/2.`, "Leave --http-version out, or set it to 1.1."];
}

function speaksPlain(at: string): [string, string] {
  return [`${at} does not speak TLS.`, "For plain HTTP give the endpoint as http://..., or set --insecure."];
}

/** Explains a failure between us and the plane, or undefined where the plane itself answered. */
export function explainNetwork(error: ConnectError, endpoint: string): Explanation | undefined {
  const cause = networkCause(error);
  if (cause) return fromCause(cause, endpoint);
  if (isStreamCut(error)) return fromCause({ code: "ECONNRESET", syscall: undefined, message: "" }, endpoint);
  if (error.code === Code.DeadlineExceeded) {
    const message = `${endpoint} did not answer in time.`;
    return {
      code: "deadline_exceeded",
      message,
      hint: `Check that it is a Flyte API. ${SET_ENDPOINT}`,
      retryable: true,
    };
  }
  if (/^HTTP 30\d$/.test(error.rawMessage)) {
    const message = `${endpoint} redirects to a login page.`;
    return {
      code: "unauthenticated",
      message,
      hint: "Give a token by FLYTE_ACCESS_TOKEN, or by the Authorization header over HTTP; if one is given, it is not accepted.",
      retryable: false,
    };
  }
  if (error.rawMessage === "HTTP 407") {
    const message = `The proxy before ${endpoint} wants a user name and password that it knows.`;
    return { code: "unavailable", message, hint: SET_PROXY, retryable: false };
  }
  if (/^HTTP 50[234]$/.test(error.rawMessage)) {
    const message = `${endpoint} answers ${error.rawMessage}: what stands before Flyte does not reach it.`;
    return { code: "unavailable", message, retryable: true };
  }
  if (
    /unsupported content type|^HTTP (4\d\d|501)$/i.test(error.rawMessage) &&
    !OWN_WORDS.includes(error.rawMessage)
  )
    return notFlyte(endpoint, error.rawMessage);
  return undefined;
}

function notFlyte(endpoint: string, raw: string): Explanation {
  if (raw === "HTTP 404") {
    const message = `${endpoint} does not offer the service that the tool needs.`;
    const hint = `It may be a smaller Flyte, or not a Flyte API at all. ${SET_ENDPOINT}`;
    return { code: "unimplemented", message, hint, retryable: false };
  }
  const message = `${endpoint} ${whyNotFlyte(raw)}`;
  const isMaybeTls = raw === "HTTP 400" && endpoint.startsWith("http:");
  const hint = `${isMaybeTls ? "It may also speak TLS where plain HTTP is set. " : ""}${SET_ENDPOINT}`;
  return { code: "unavailable", message, hint, retryable: false };
}

function whyNotFlyte(raw: string): string {
  if (raw === "HTTP 405") return "takes no calls: it serves pages, not the Flyte API (HTTP 405).";
  if (raw.startsWith("HPE_")) return "does not speak HTTP.";
  if (/text\/html/i.test(raw)) {
    return "answers with a web page, not as a Flyte API: it may be the console or a login page.";
  }
  return `does not answer as a Flyte API (${raw}): it may be another server.`;
}

function fromCause({ code: cause, syscall, message: said }: NetworkCause, endpoint: string): Explanation {
  if (cause.startsWith("PROXY_")) {
    return { code: "unavailable", message: said, hint: SET_PROXY, retryable: syscall !== undefined };
  }
  // Node's parser: what came was not HTTP.
  if (cause.startsWith("HPE_")) return notFlyte(endpoint, cause);
  if (WANTS_CERTIFICATE.test(said)) {
    const message = `${endpoint} wants a client certificate that it knows.`;
    return { code: "unavailable", message, hint: SET_CERTIFICATE, retryable: false };
  }
  const isTls = /CERT|SELF_SIGNED|VERIFY|ISSUER/.test(cause);
  const [message, hint] =
    BY_CAUSE[cause]?.(endpoint) ??
    (isTls
      ? [`The TLS certificate of ${endpoint} is not trusted (${cause}).`, SET_CA]
      : [`The connection to ${endpoint} failed (${cause}).`, SET_ENDPOINT]);
  const isLasting = isTls || /^(EPROTO|ERR_SSL|ERR_HTTP2_ERROR|ENOTFOUND|ECONNREFUSED)/.test(cause);
  return { code: "unavailable", message, hint, retryable: !isLasting };
}
