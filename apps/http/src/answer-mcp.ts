import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "@flyte-mcp/core";
import type { Policy, Settings, ToolGroup } from "@flyte-mcp/core";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Caller } from "./auth/identify.ts";
import type { settings } from "./settings.ts";
import { version } from "./version.ts";

export interface McpOptions {
  values: Settings<typeof settings>["values"];
  groups: readonly ToolGroup[];
  policy: Policy;
}

/** Answers one JSON-RPC message by a server made for it: nothing of one caller can reach another. */
export async function answerMcp(
  request: IncomingMessage,
  response: ServerResponse,
  { json, caller }: { json: unknown; caller: Caller },
  { values, groups, policy }: McpOptions,
): Promise<void> {
  const { name = "flyte-mcp", title, instructions } = values;
  const server = createServer({ name, version, title, instructions, groups, policy, flyte: caller.flyte });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on("close", () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, json);
}
