import { randomUUID } from "node:crypto";
import type { Transport } from "@connectrpc/connect";
import type { CallHeader } from "./call-trace.ts";

/** Gives every call an `x-request-id`, unless it has one, by which the plane's logs can be searched. */
export function withRequestId(next: Transport): Transport {
  const named = (header: CallHeader) => {
    const headers = new Headers(header);
    if (!headers.has("x-request-id")) headers.set("x-request-id", randomUUID());
    return headers;
  };
  return {
    unary: (method, signal, timeoutMs, header, input, contextValues) =>
      next.unary(method, signal, timeoutMs, named(header), input, contextValues),
    stream: (method, signal, timeoutMs, header, input, contextValues) =>
      next.stream(method, signal, timeoutMs, named(header), input, contextValues),
  };
}
