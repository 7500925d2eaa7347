import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, withCaller } from "@flyte-mcp/core";
import type { Flyte, Policy, Settings, ToolGroup } from "@flyte-mcp/core";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { checkSender } from "./check-sender.ts";
import { readBody } from "./read-body.ts";
import { sendJson, sendRpcError } from "./send.ts";
import type { settings } from "./settings.ts";
import { version } from "./version.ts";

export interface HandlerOptions {
  values: Settings<typeof settings>["values"];
  groups: readonly ToolGroup[];
  policy: Policy;
  flyte: Flyte;
  /** Whether only this machine can reach the server. */
  isLoopback: boolean;
}

/** Answers HTTP requests: the MCP endpoint, `/health`, and short sentences for all else. */
export function createHandler(options: HandlerOptions) {
  const endpoint = `${options.values.mountPath}/mcp`;
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? "/").split("?", 1).join("");
    if (path === "/health" && request.method === "GET") return sendJson(response, 200, { status: "healthy" });
    const refusal = checkSender(request.headers, options.values);
    if (refusal) return sendJson(response, 403, { error: refusal });
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

/** A fresh server for each request: nothing of one caller can reach another. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: HandlerOptions,
): Promise<void> {
  const body = await readBody(request);
  if (!body.ok) {
    // What is left of the request is not read, so the connection cannot serve another.
    response.setHeader("connection", "close");
    return sendRpcError(response, body.status, body.status === 413 ? -32600 : -32700, body.message);
  }
  const { groups, policy } = options;
  const { name = "flyte-mcp", title, instructions } = options.values;
  const flyte = flyteOf(request, options);
  const server = createServer({ name, version, title, instructions, groups, policy, flyte });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on("close", () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, body.json);
}

/** The caller's own credential goes to Flyte; ours stands in only where nobody but this machine can call, also by no proxy. */
function flyteOf(request: IncomingMessage, { flyte, isLoopback, values }: HandlerOptions): Flyte {
  const { authorization } = request.headers;
  if (authorization !== undefined) return withCaller(flyte, authorization);
  const isPrivate = isLoopback && !values.allowedHosts && !values.allowedOrigins;
  return isPrivate ? flyte : { ...flyte, transport: flyte.unsigned };
}
