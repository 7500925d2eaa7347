import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "@flyte-mcp/core";
import type { Policy, Settings, ToolGroup, WatchCall } from "@flyte-mcp/core";
import type { Caller } from "../auth/identify.ts";
import type { Log } from "../operations/log.ts";
import { isRefusal, sendRefusal } from "../refusal.ts";
import type { settings } from "../settings.ts";
import { checkHeaders, isRequest, readMessages } from "./check-messages.ts";
import { createMultiplexer } from "./multiplexer.ts";

export interface McpOptions {
  values: Settings<typeof settings>["values"];
  groups: readonly ToolGroup[];
  policy: Policy;
  version: string;
}

/** Who sent a message, and who follows what comes of it. */
export interface Asker {
  caller: Caller;
  watch: WatchCall;
}

/** A JSON-RPC message and who sent it. */
export interface Asked extends Asker {
  json: unknown;
}

/** Answers the messages of HTTP requests. */
export type AnswerMcp = (request: IncomingMessage, response: ServerResponse, asked: Asked) => void;

/** The settings of an MCP server as they hold for all callers. */
export function serverOptions({ values, groups, policy, version }: McpOptions) {
  const { name = "flyte-mcp", title, instructions } = values;
  return { name, version, title, instructions, groups, policy };
}

/** One MCP server for all requests; each is answered with the plane of its own caller, and keeps nothing of it. */
export async function createAnswerMcp(
  options: McpOptions,
  plane: Caller["flyte"],
  log: Log,
): Promise<AnswerMcp> {
  const { transport, askerOf, answer } = createMultiplexer<Asker>();
  const askedBy = (id: string | number) => {
    const { caller, watch } = askerOf(id);
    return { flyte: caller.flyte, watch };
  };
  const server = createServer({ ...serverOptions(options), flyte: plane, askedBy });
  server.onerror = (error) => log.error({ reason: error.message }, "the MCP server reports an error");
  await server.connect(transport);
  return (request, response, { json, caller, watch }) => {
    const messages = checkHeaders(request.headers) ?? readMessages(json);
    if (isRefusal(messages)) return sendRefusal(response, messages);
    const requests = messages.filter(isRequest);
    // Without sessions, a notification is about nothing that this server remembers.
    if (requests.length === 0) return void response.writeHead(202).end();
    answer(requests, response, { caller, watch });
  };
}
