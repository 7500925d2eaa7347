import { request } from "node:http";
import { connect as connectTcp } from "node:net";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Proxy } from "./choose-proxy.ts";

/** `code` begins with PROXY_; `syscall` is "connect" where trying again may help, as for sockets that never connected. */
export interface ProxyError extends Error {
  code: string;
  syscall?: string;
}

/** A connection to the proxy itself; gives up after `timeoutMs`. */
export function connectToProxy(proxy: Proxy, timeoutMs: number): Promise<Socket> {
  const { isSecure, hostname: host, port } = proxy;
  return new Promise((resolve, reject) => {
    const socket = isSecure
      ? connectTls({ host, port, ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }) })
      : connectTcp({ host, port });
    const fail = (reason: string) => {
      socket.destroy();
      reject(unreachable(proxy, reason));
    };
    const timer = setTimeout(() => fail("ETIMEDOUT"), timeoutMs);
    const onError = (error: NodeJS.ErrnoException) => fail(error.code ?? "no answer");
    socket.once("error", onError).once("close", () => clearTimeout(timer));
    socket.once(isSecure ? "secureConnect" : "connect", () => {
      clearTimeout(timer);
      socket.off("error", onError);
      resolve(socket);
    });
  });
}

/** A connection through the proxy to `target`, a host and port; gives up after `timeoutMs` for each of its two steps. */
export async function openTunnel(proxy: Proxy, target: string, timeoutMs: number): Promise<Socket> {
  const socket = await connectToProxy(proxy, timeoutMs);
  const headers = {
    host: target,
    ...(proxy.authorization && { "proxy-authorization": proxy.authorization }),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: ProxyError) => {
      socket.destroy();
      reject(error);
    };
    const asked = request({
      method: "CONNECT",
      path: target,
      headers,
      createConnection: () => socket,
    });
    asked.setTimeout(timeoutMs, () => fail(unreachable(proxy, "ETIMEDOUT")));
    asked.once("error", (error: NodeJS.ErrnoException) =>
      fail(unreachable(proxy, error.code ?? "no answer")),
    );
    // A refusal may come as an answer with a body, which Node calls a response here.
    asked.once("response", ({ statusCode = 0 }) => fail(refusal(proxy, target, statusCode)));
    asked.once("connect", ({ statusCode = 0 }, _socket, head: Buffer) => {
      if (statusCode < 200 || statusCode > 299) return fail(refusal(proxy, target, statusCode));
      asked.setTimeout(0);
      socket.setTimeout(0);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    asked.end();
  });
}

function unreachable(proxy: Proxy, reason: string): ProxyError {
  return proxyError("PROXY_UNREACHABLE", `The proxy ${proxy.name} cannot be reached (${reason}).`, true);
}

function refusal(proxy: Proxy, target: string, status: number): ProxyError {
  if (status === 407) {
    const problem = proxy.authorization === undefined ? "asks for a" : "does not accept the";
    return proxyError("PROXY_AUTH", `The proxy ${proxy.name} ${problem} user name and password.`, false);
  }
  const message = `The proxy ${proxy.name} lets no connection through to ${target} (HTTP ${status}).`;
  return proxyError("PROXY_REFUSED", message, status >= 500);
}

function proxyError(code: string, message: string, isPassing: boolean): ProxyError {
  return Object.assign(new Error(message), { code, ...(isPassing && { syscall: "connect" }) });
}
