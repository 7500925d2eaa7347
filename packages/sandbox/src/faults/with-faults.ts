import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { FaultKind, Faults } from "./faults.ts";

const FLUSH_MS = 10;
const PAGE = "<!doctype html><title>Sign in</title>";

/** Lets each request meet the fault that is set for it, and all others through. */
export function withFaults(next: RequestListener, faults: Faults): RequestListener {
  return (request, response) => {
    const kind = faults.take((request.url ?? "").replace(/\?.*$/s, ""));
    if (kind === undefined) return void next(request, response);
    meet(kind, next, request, response);
  };
}

function meet(
  kind: FaultKind,
  next: RequestListener,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (kind === "hang") return;
  if (kind === "cut") return void request.socket.destroy();
  if (kind === "html") return answer(response, 200);
  if (kind === "login") return answer(response, 302, { location: "/login" });
  if (kind === "cut mid stream") {
    cutAfterFirstBytes(request, response);
    return void next(request, response);
  }
  if ("delayMs" in kind) {
    const timer = setTimeout(() => next(request, response), kind.delayMs);
    return void response.once("close", () => clearTimeout(timer));
  }
  const { status, retryAfterS } = kind;
  answer(response, status, retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) });
}

function answer(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "text/html", ...headers }).end(status === 302 ? "" : PAGE);
}

/** The head and the first message leave, or half of an answer that is one; then the connection ends. */
function cutAfterFirstBytes(request: IncomingMessage, response: ServerResponse): void {
  const write = response.write.bind(response);
  response.write = (chunk: Uint8Array) => {
    response.write = () => true;
    response.end = () => response;
    setTimeout(() => request.socket.destroy(), FLUSH_MS);
    const isStream = /connect\+|grpc/.test(request.headers["content-type"] ?? "");
    return write(isStream ? chunk : chunk.subarray(0, chunk.length / 2));
  };
}
