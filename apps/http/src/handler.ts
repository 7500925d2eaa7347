import type { IncomingMessage, ServerResponse } from "node:http";
import { redact } from "@flyte-mcp/core";
import { answerMcp } from "./answer-mcp.ts";
import type { McpOptions } from "./answer-mcp.ts";
import type { Identify } from "./auth/identify.ts";
import { checkContent, checkRequest } from "./check-request.ts";
import { checkSender } from "./check-sender.ts";
import type { Gate } from "./limits/admit.ts";
import { securityHeaders } from "./limits/security-headers.ts";
import { readBody } from "./read-body.ts";
import { isRefusal, sendRefusal } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { sendJson, sendRpcError } from "./send.ts";

export interface HandlerOptions extends McpOptions {
  identify: Identify;
  gate: Gate;
}

/** Answers a GET of one path; what it serves is for anybody whose `Host` is accepted. */
export type Page = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers HTTP requests: `/health` to anybody, then the pages, then the MCP endpoint, and short sentences for all else. */
export function createHandler(options: HandlerOptions, pages: ReadonlyMap<string, Page> = new Map()) {
  const endpoint = `${options.values.mountPath}/mcp`;
  const headers = Object.entries(securityHeaders(options.values.publicUrl));
  return (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of headers) response.setHeader(name, value);
    const path = (request.url ?? "/").split("?", 1).join("");
    if (path === "/health" && request.method === "GET") return sendJson(response, 200, { status: "healthy" });
    const refusal = checkRequest(request) ?? checkSender(request.headers, options.values);
    if (refusal) return sendRefusal(response, refusal);
    const page = request.method === "GET" ? pages.get(path) : undefined;
    if (page) return page(request, response);
    const misplaced = checkPlace(request, path, endpoint) ?? checkContent(request);
    if (misplaced) return sendRefusal(response, misplaced);
    answer(request, response, options).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(`flyte-mcp-http: ${redact(message)}\n`);
      if (!response.headersSent) sendRpcError(response, 500, -32603, "Internal error");
      else response.destroy();
    });
  };
}

function checkPlace({ method }: IncomingMessage, path: string, endpoint: string): Refusal | undefined {
  if (path !== endpoint) return { status: 404, message: `Nothing is here; the MCP endpoint is ${endpoint}.` };
  if (method === "POST") return undefined;
  const message = "This MCP endpoint takes POST only: it keeps no sessions.";
  return { status: 405, message, headers: { allow: "POST" } };
}

/** Who calls is known before a byte of the body is read. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: HandlerOptions,
): Promise<void> {
  const { gate, identify } = options;
  const closed = gate.admit(request, response);
  if (closed) return sendRefusal(response, closed);
  const caller = await identify(request);
  if (isRefusal(caller)) return sendRefusal(response, caller);
  const body = await readBody(request);
  if (body === undefined) return;
  if (isRefusal(body)) return sendRefusal(response, body);
  const excess = gate.charge(request, Array.isArray(body.json) ? body.json.length - 1 : 0);
  if (excess) return sendRefusal(response, excess);
  await answerMcp(request, response, { json: body.json, caller }, options);
}
