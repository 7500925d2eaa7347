import type { IncomingMessage, ServerResponse } from "node:http";
import { MOST_BYTES } from "./read-body.ts";
import { beginJson, sendJson } from "./send.ts";

/** Why a request is not served: an HTTP status and one sentence for the person who reads it. */
export interface Refusal {
  status: number;
  message: string;
  headers?: Readonly<Record<string, string>>;
  /** Where the body is at fault, the code of JSON-RPC for it. */
  rpcCode?: number;
}

/** Whether a step of answering ended in a refusal. */
export const isRefusal = (found: object): found is Refusal => "status" in found && "message" in found;

const LINGER_MS = 2_000;

/** Answers with a refusal, at any point before the answer has begun. */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const { status, message, headers = {}, rpcCode } = refusal;
  const body =
    rpcCode === undefined
      ? { error: message }
      : { jsonrpc: "2.0", error: { code: rpcCode, message }, id: null };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (!hasMuchLeft(response.req)) return sendJson(response, status, body);
  response.setHeader("connection", "close");
  beginJson(response, status, body);
  linger(response);
}

/** Whether more of the request may be on its way than is read for the sake of the next one. */
function hasMuchLeft(request: IncomingMessage): boolean {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  return !request.complete && (encoding !== undefined || Number(length ?? 0) > MOST_BYTES);
}

/** A connection that is closed on bytes which nobody read takes the answer with it: these are read for a while. */
function linger(response: ServerResponse): void {
  const timer = setTimeout(() => response.end(), LINGER_MS);
  response.req.once("end", () => response.end()).resume();
  response.once("close", () => clearTimeout(timer));
}
