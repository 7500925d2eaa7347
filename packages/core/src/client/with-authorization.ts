import type { Transport } from "@connectrpc/connect";

/** Sends an `authorization` value with every call, verbatim: it may be a token or an encoded key. */
export function withAuthorization(next: Transport, value: string): Transport {
  const signed = (header: Parameters<Transport["unary"]>[3]) => {
    const headers = new Headers(header);
    headers.set("authorization", value);
    return headers;
  };
  return {
    unary: (method, signal, timeoutMs, header, input, contextValues) =>
      next.unary(method, signal, timeoutMs, signed(header), input, contextValues),
    stream: (method, signal, timeoutMs, header, input, contextValues) =>
      next.stream(method, signal, timeoutMs, signed(header), input, contextValues),
  };
}
