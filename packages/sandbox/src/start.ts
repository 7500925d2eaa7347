import { createServer as createHttpServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { createSandbox } from "./create.ts";
import { createFaults } from "./faults/faults.ts";
import type { Fault } from "./faults/faults.ts";
import { withFaults } from "./faults/with-faults.ts";
import type { Sandbox, SandboxOptions } from "./options.ts";
import { lockFile } from "./state/lock-file.ts";
import { STORAGE_PREFIX } from "./plane.ts";

export interface ServerOptions extends SandboxOptions {
  /** 0, the default, lets the system choose. */
  port?: number;
  /** The address to listen at (default 127.0.0.1). */
  host?: string;
  /** Served over TLS with these. */
  tls?: ServerTls;
  /** What requests meet instead of the plane, from the start. */
  faults?: readonly Fault[];
}

/** Texts in PEM form. */
export interface ServerTls {
  cert: string;
  key: string;
  /** Clients must show a certificate of this authority. */
  clientCa?: string;
}

export interface SandboxServer {
  url: string;
  sandbox: Sandbox;
  /** Lets requests meet this fault from now on. */
  fail(fault: Fault): void;
  /** Takes all faults away. */
  heal(): void;
  /** Ends open streams and connections, then the sandbox. */
  close(): Promise<void>;
}

const STORE_PATH = `${STORAGE_PREFIX.slice("s3:/".length)}/`;

/** A sandbox behind HTTP, as the real plane is: Connect, gRPC-web and JSON on one port, and its object store below it. */
export async function startSandbox(options: ServerOptions = {}): Promise<SandboxServer> {
  const unlock = options.file === undefined ? () => undefined : await lockFile(options.file);
  const sandbox = createOrUnlock(options, unlock);
  const { host = "127.0.0.1", port = 0 } = options;
  const handle = connectNodeAdapter({
    routes: sandbox.routes,
    fallback: (_request, response) => {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
      response.end("404 page not found\n");
    },
  });
  const faults = createFaults(options.faults);
  const listener: RequestListener = (request, response) => {
    if (sandbox.serveLogin(request, response)) return;
    if (request.url?.startsWith(STORE_PATH)) return void sandbox.serveStore(request, response);
    // The adapter ends a stream that its client has left by a write, and prints an error when that fails.
    response.once("close", () => (response.write = () => true));
    handle(request, response);
  };
  const server = createServer(withFaults(listener, faults), options.tls);
  await new Promise<void>((resolve, reject) => {
    server.once(
      "error",
      (error) =>
        void sandbox
          .close()
          .then(unlock)
          .then(() => reject(error)),
    );
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    sandbox,
    fail: faults.add,
    heal: faults.clear,
    close: async () => {
      await sandbox.close();
      unlock();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function createServer(listener: RequestListener, tls: ServerTls | undefined): Server {
  if (!tls) return createHttpServer(listener);
  const { cert, key, clientCa } = tls;
  const demand = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  return createHttpsServer({ cert, key, ...demand }, (request, response) => {
    // As a proxy that ends TLS tells it: the plane's own URLs must be right.
    request.headers["x-forwarded-proto"] = "https";
    listener(request, response);
  });
}

function createOrUnlock(options: SandboxOptions, unlock: () => void): Sandbox {
  try {
    return createSandbox(options);
  } catch (error) {
    unlock();
    throw error;
  }
}
