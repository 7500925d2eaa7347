import type { AgentFor } from "./agents.ts";
import { createSendHttp } from "./send-http.ts";
import type { HttpAnswer } from "./send-http.ts";

/** One PUT to a signed URL. */
export interface Put {
  url: string;
  headers: Record<string, string>;
  content: Uint8Array;
  signal: AbortSignal;
}

export type PutBytes = (put: Put) => Promise<HttpAnswer>;

export function createPutBytes(agentFor?: AgentFor): PutBytes {
  const send = createSendHttp(agentFor);
  return (put) => send({ ...put, method: "PUT" });
}
