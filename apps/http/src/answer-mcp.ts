import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "@flyte-mcp/core";
import type { Policy, Settings, ToolGroup, WatchCall } from "@flyte-mcp/core";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Caller } from "./auth/identify.ts";
import type { settings } from "./settings.ts";

export interface McpOptions {
  values: Settings<typeof settings>["values"];
  groups: readonly ToolGroup[];
  policy: Policy;
  version: string;
}

/** A JSON-RPC message and who sent it. */
export interface Asked {
  json: unknown;
  caller: Caller;
  watch: WatchCall;
}

/** The MCP server as one caller sees it. */
export function createMcpServer(
  { values, groups, policy, version }: McpOptions,
  { flyte }: Caller,
  watch: WatchCall,
) {
  const { name = "flyte-mcp", title, instructions } = values;
  return createServer({ name, version, title, instructions, groups, policy, flyte, watch });
}

/** Answers one JSON-RPC message by a server made for it: nothing of one caller can reach another. */
export async function answerMcp(
  request: IncomingMessage,
  response: ServerResponse,
  { json, caller, watch }: Asked,
  options: McpOptions,
): Promise<void> {
  const server = createMcpServer(options, caller, watch);
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on("close", () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, json);
}
