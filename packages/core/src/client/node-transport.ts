import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createConnectTransport } from "@connectrpc/connect-node";
import type { Transport } from "@connectrpc/connect";
import type { Endpoint } from "./endpoint.ts";

const MAX_SOCKETS = 64;
const CONNECT_TIMEOUT_MS = 8_000;
const READ_MAX_BYTES = 64 * 1024 * 1024;

export interface TlsOptions {
  /** Certificates in PEM form. */
  ca?: string;
  skipVerify?: boolean;
}

/** A Connect transport over HTTP/1.1 in the binary format: the JSON one drops fields that are newer than ours. */
export function createNodeTransport(endpoint: Endpoint, tls: TlsOptions): Transport {
  return createConnectTransport({
    baseUrl: endpoint.url,
    httpVersion: "1.1",
    useBinaryFormat: true,
    readMaxBytes: READ_MAX_BYTES,
    nodeOptions: { agent: endpoint.isSecure ? secureAgent(tls) : withConnectTimeout(new HttpAgent(KEEP)) },
  });
}

const KEEP = { keepAlive: true, maxSockets: MAX_SOCKETS };

function secureAgent({ ca, skipVerify }: TlsOptions): HttpsAgent {
  // A given authority wins over skipping: whoever names one wants it checked.
  return withConnectTimeout(
    new HttpsAgent({ ...KEEP, ca, rejectUnauthorized: ca !== undefined || !skipVerify }),
  );
}

/** Node's agents wait for the system's connect timeout, minutes long; ours gives up after 8 s. */
function withConnectTimeout<A extends HttpAgent>(agent: A): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback) as Socket | Duplex;
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error("connect timeout"), { code: "ETIMEDOUT" }));
    }, CONNECT_TIMEOUT_MS);
    timer.unref();
    const stop = () => clearTimeout(timer);
    socket.once(agent instanceof HttpsAgent ? "secureConnect" : "connect", stop).once("close", stop);
    return socket;
  };
  return agent;
}
