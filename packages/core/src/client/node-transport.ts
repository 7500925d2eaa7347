import type { SecureClientSessionOptions } from "node:http2";
import { createConnectTransport } from "@connectrpc/connect-node";
import type { Interceptor, Transport } from "@connectrpc/connect";
import { secureOptions } from "./agents.ts";
import type { AgentFor, TlsOptions } from "./agents.ts";

export interface NodeTransportOptions {
  httpVersion: "1.1" | "2";
  agentFor: AgentFor;
  tls: TlsOptions;
  /** Put before the library's own name in the user agent. */
  product: string;
}

const READ_MAX_BYTES = 64 * 1024 * 1024;

/** A Connect transport in the binary format: the JSON one drops fields that are newer than ours. */
export function createNodeTransport(baseUrl: string, options: NodeTransportOptions): Transport {
  const { httpVersion, agentFor, tls, product } = options;
  const common = {
    baseUrl,
    useBinaryFormat: true,
    readMaxBytes: READ_MAX_BYTES,
    interceptors: [nameProduct(product)],
  };
  if (httpVersion === "1.1") {
    return createConnectTransport({ ...common, httpVersion, nodeOptions: { agent: agentFor(baseUrl) } });
  }
  const nodeOptions: SecureClientSessionOptions = baseUrl.startsWith("https:") ? secureOptions(tls) : {};
  return createConnectTransport({ ...common, httpVersion, nodeOptions });
}

function nameProduct(product: string): Interceptor {
  return (next) => (request) => {
    request.header.set("user-agent", `${product} ${request.header.get("user-agent") ?? ""}`.trim());
    return next(request);
  };
}
