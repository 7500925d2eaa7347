import type { Transport } from "@connectrpc/connect";

/** Edits the headers of every call; what the caller handed over stays as it is. */
export function withHeaders(next: Transport, edit: (headers: Headers) => void): Transport {
  const edited = (header: Parameters<Transport["unary"]>[3]) => {
    const headers = new Headers(header);
    edit(headers);
    return headers;
  };
  return {
    unary: (method, signal, timeoutMs, header, input, contextValues) =>
      next.unary(method, signal, timeoutMs, edited(header), input, contextValues),
    stream: (method, signal, timeoutMs, header, input, contextValues) =>
      next.stream(method, signal, timeoutMs, edited(header), input, contextValues),
  };
}
