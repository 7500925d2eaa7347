import type { ServerResponse } from "node:http";

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  beginJson(response, status, body).end();
}

/** Sends all of a JSON answer, whose connection stays open until the response is ended. */
export function beginJson(response: ServerResponse, status: number, body: unknown): ServerResponse {
  const text = JSON.stringify(body);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  response.writeHead(status, headers).write(text);
  return response;
}

/** A JSON-RPC error that answers no particular request. */
export function sendRpcError(response: ServerResponse, status: number, code: number, message: string): void {
  sendJson(response, status, { jsonrpc: "2.0", error: { code, message }, id: null });
}
