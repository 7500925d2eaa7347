import { createSettingsError } from "../settings/settings-error.ts";
import type { Transport } from "@connectrpc/connect";
import { createAgents } from "./agents.ts";
import type { AgentFor } from "./agents.ts";
import { withTrace } from "./call-trace.ts";
import { createProxyChoice, proxySecrets } from "./choose-proxy.ts";
import { readCaFile, readClientCertificate } from "./credentials.ts";
import type { Endpoint } from "./endpoint.ts";
import type { FlyteValues } from "./flyte.ts";
import type { NodeTransportOptions } from "./node-transport.ts";
import { withDeadline } from "./with-deadline.ts";
import type { Contact } from "./with-deadline.ts";
import { withRequestId } from "./with-request-id.ts";
import { withRetries } from "./with-retries.ts";
import { withRouting } from "./with-routing.ts";

/** What a process knows beside the settings. */
export interface WireOptions {
  /** This server's version, for the user agent. */
  version?: string;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up (default: the process's). */
  env?: Record<string, string | undefined>;
  /** Connections to one host at once (default 64); each watched run holds one, and callers beyond wait. */
  connections?: number;
}

/** The way to a plane, its clusters, its store and its token issuer. */
export interface Wire {
  /** Without a credential. */
  transport: Transport;
  agentFor: AgentFor;
  warnings: readonly string[];
  /** Credentials of proxies. */
  secrets: readonly string[];
}

/** Reads how to connect from the settings; nothing is dialled yet. Throws a settings error. */
export function createWire(endpoint: Endpoint, values: FlyteValues, options: WireOptions = {}): Wire {
  const { version = "0.0.0", env = process.env, connections } = options;
  const tls = {
    ca: readCaFile(values.caFile),
    skipVerify: values.insecureSkipVerify,
    ...readClientCertificate(values.clientCertFile, values.clientKeyFile),
  };
  const chooseProxy = createProxyChoice({ httpProxy: values.httpProxy, env });
  const proxy = chooseProxy(new URL(endpoint.url));
  const asked = readHttpVersion(values.httpVersion);
  const agentFor = createAgents(tls, chooseProxy, connections);
  const httpVersion = proxy ? "1.1" : asked;
  const transport = connect(endpoint.url, { httpVersion, agentFor, tls, product: `flyte-mcp/${version}` });
  const isLowered = httpVersion !== asked;
  return {
    transport,
    agentFor,
    warnings: isLowered ? [`HTTP/2 does not go through the proxy ${proxy?.name}; HTTP/1.1 is used.`] : [],
    secrets: proxySecrets({ httpProxy: values.httpProxy, env }),
  };
}

function readHttpVersion(text = "1.1"): "1.1" | "2" {
  if (text === "1.1" || text === "2") return text;
  throw createSettingsError(`The HTTP version to Flyte is 1.1 or 2, not "${text.slice(0, 20)}".`);
}

/** Outermost first: an id for all attempts, a deadline for all of them, the way, the attempts. */
function connect(url: string, options: NodeTransportOptions): Transport {
  const contact: Contact = { isReached: false };
  const open = (at: string, own: Contact) => withRetries(withTrace(lazyTransport(at, options), at), own);
  const openCluster = (at: string) => open(at, { isReached: false });
  return withRequestId(withDeadline(withRouting(open(url, contact), url, openCluster), contact));
}

/** Loads the HTTP client at the first call: it costs more than all else at start. */
function lazyTransport(url: string, options: NodeTransportOptions): Transport {
  let loading: Promise<Transport> | undefined;
  const load = () =>
    (loading ??= import("./node-transport.ts").then(({ createNodeTransport }) =>
      createNodeTransport(url, options),
    ));
  return {
    unary: async (...call) => (await load()).unary(...call),
    stream: async (...call) => (await load()).stream(...call),
  };
}
