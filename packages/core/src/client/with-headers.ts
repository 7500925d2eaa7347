import type { Transport } from "@connectrpc/connect";

/** Sends these headers with every call, verbatim: a credential may be a token or an encoded key. */
export function withHeaders(next: Transport, values: Readonly<Record<string, string>>): Transport {
  const signed = (header: Parameters<Transport["unary"]>[3]) => {
    const headers = new Headers(header);
    for (const [name, value] of Object.entries(values)) headers.set(name, value);
    return headers;
  };
  return {
    unary: (method, signal, timeoutMs, header, input, contextValues) =>
      next.unary(method, signal, timeoutMs, signed(header), input, contextValues),
    stream: (method, signal, timeoutMs, header, input, contextValues) =>
      next.stream(method, signal, timeoutMs, signed(header), input, contextValues),
  };
}
