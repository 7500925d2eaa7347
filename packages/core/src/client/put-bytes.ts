import type { HttpAnswer, SendHttp } from "./send-http.ts";

/** One PUT to a signed URL. */
export interface Put {
  url: string;
  headers: Record<string, string>;
  content: Uint8Array;
  signal: AbortSignal;
}

export type PutBytes = (put: Put) => Promise<HttpAnswer>;

export function createPutBytes(send: SendHttp): PutBytes {
  return (put) => send({ ...put, method: "PUT" });
}
