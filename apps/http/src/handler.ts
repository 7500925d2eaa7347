import type { IncomingMessage, ServerResponse } from "node:http";
import { answerMcp } from "./answer-mcp.ts";
import type { McpOptions } from "./answer-mcp.ts";
import { isRefusal } from "./auth/identify.ts";
import type { Identify } from "./auth/identify.ts";
import { checkSender } from "./check-sender.ts";
import { readBody } from "./read-body.ts";
import { sendRefusal } from "./refusal.ts";
import { sendJson, sendRpcError } from "./send.ts";

export interface HandlerOptions extends McpOptions {
  identify: Identify;
}

/** Answers a GET of one path; what it serves is for anybody whose `Host` is accepted. */
export type Page = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers HTTP requests: `/health` to anybody, then the pages, then the MCP endpoint, and short sentences for all else. */
export function createHandler(options: HandlerOptions, pages: ReadonlyMap<string, Page> = new Map()) {
  const endpoint = `${options.values.mountPath}/mcp`;
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? "/").split("?", 1).join("");
    if (path === "/health" && request.method === "GET") return sendJson(response, 200, { status: "healthy" });
    const refusal = checkSender(request.headers, options.values);
    if (refusal) return sendJson(response, 403, { error: refusal });
    const page = request.method === "GET" ? pages.get(path) : undefined;
    if (page) return page(request, response);
    if (path !== endpoint)
      return sendJson(response, 404, { error: `Nothing is here; the MCP endpoint is ${endpoint}.` });
    if (request.method !== "POST") {
      response.setHeader("allow", "POST");
      return sendJson(response, 405, { error: "This MCP endpoint takes POST only: it keeps no sessions." });
    }
    answer(request, response, options).catch((error: unknown) => {
      process.stderr.write(`flyte-mcp-http: ${error instanceof Error ? error.message : String(error)}\n`);
      if (!response.headersSent) sendRpcError(response, 500, -32603, "Internal error");
      else response.destroy();
    });
  };
}

/** Who calls is known before a byte of the body is read. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: HandlerOptions,
): Promise<void> {
  const caller = await options.identify(request);
  if (isRefusal(caller)) return sendRefusal(response, caller);
  const body = await readBody(request);
  if (!body.ok) {
    // What is left of the request is not read, so the connection cannot serve another.
    response.setHeader("connection", "close");
    return sendRpcError(response, body.status, body.status === 413 ? -32600 : -32700, body.message);
  }
  await answerMcp(request, response, { json: body.json, caller }, options);
}
