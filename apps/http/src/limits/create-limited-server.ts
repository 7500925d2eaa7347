import { createServer } from "node:http";
import type { RequestListener, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Settings } from "@flyte-mcp/core";
import type { limitSettings } from "./limit-settings.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

type Values = Pick<Settings<typeof limitSettings>["values"], "headerTimeout" | "requestTimeout">;

// A credential of 16 KiB and what else a request needs.
const MOST_HEADER_BYTES = 32 * 1024;
// Longer than balancers keep theirs, or they would send a request into a connection that is just closed.
const IDLE_MS = 65_000;
const MOST_CONNECTIONS = 8_192;
const PROBE_MS = 30_000;
const LINGER_MS = 1_000;

/** An HTTP server that gives slow, oversized and broken requests up, and says so in a sentence. */
export function createLimitedServer(values: Values, listener: RequestListener): Server {
  const requestTimeout = values.requestTimeout * 1000;
  const options = {
    maxHeaderSize: MOST_HEADER_BYTES,
    headersTimeout: Math.min(values.headerTimeout * 1000, requestTimeout),
    requestTimeout,
    connectionsCheckingInterval: 500,
    keepAliveTimeout: IDLE_MS,
    // A client that vanished is noticed, also while it waits for a long answer.
    keepAlive: true,
    keepAliveInitialDelay: PROBE_MS,
    requireHostHeader: false,
  };
  const answers = new WeakMap<Duplex, ServerResponse>();
  const ended = new WeakSet<Duplex>();
  const server = createServer(options, (request, response) => {
    answers.set(request.socket, response);
    listener(request, response);
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    // What comes after a broken request is broken as well.
    if (ended.has(socket)) return;
    ended.add(socket);
    const answer = answers.get(socket);
    // An answer that has begun cannot be followed by another status, nor is a request answered twice.
    const isBegun = answer?.headersSent === true && !(answer.writableFinished && answer.req.complete);
    if (isBegun || !socket.writable || error.code === "ECONNRESET") return void socket.destroy();
    socket.end(describe(error));
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  });
  return server;
}

const SENTENCES: Readonly<Record<string, readonly [status: string, sentence: string]>> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "The headers are larger than 32 KiB."],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "The request did not come in time."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ["413 Payload Too Large", "The extensions of a chunk are too large."],
};

function describe({ code = "" }: NodeJS.ErrnoException): string {
  const [status, error] = SENTENCES[code] ?? ["400 Bad Request", "The request is not HTTP."];
  const body = JSON.stringify({ error });
  const headers = {
    ...SECURITY_HEADERS,
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status}`, ...lines, "", body].join("\r\n");
}
