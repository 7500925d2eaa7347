import type { IncomingMessage, ServerResponse } from "node:http";
import { trackRequests } from "@flyte-mcp/core/command";
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import { createServer } from "@flyte-mcp/core";
import { serverOptions } from "../endpoint/answer-mcp.ts";
import type { Asked, Asker, McpOptions } from "../endpoint/answer-mcp.ts";
import { sendRefusal } from "../refusal.ts";

const BEAT_MS = 25_000;
const DRAIN_MS = 25_000;

interface Session {
  callerId: string;
  transport: SSEServerTransport;
  /** Ends it when what is under way has been answered. */
  close(): Promise<void>;
}

/** Serves clients of MCP's first HTTP transport: one stream each, and messages beside it. */
export interface OldClients {
  /** Opens a caller's stream. */
  open(response: ServerResponse, asker: Asker): Promise<void>;
  /** Takes a message for one of the caller's streams, which carries the answer. */
  take(request: IncomingMessage, response: ServerResponse, asked: Asked): Promise<void>;
  close(): Promise<void>;
}

export function createOldClients(options: McpOptions, messagesPath: string): OldClients {
  const sessions = new Map<string, Session>();
  return {
    async open(response, { caller, watch }) {
      const transport = new SSEServerTransport(messagesPath, response);
      const server = createServer({ ...serverOptions(options), flyte: caller.flyte, watch });
      // A balancer ends what is silent for long.
      const beat = setInterval(() => response.write(": still here\n\n"), BEAT_MS);
      response.once("close", () => {
        clearInterval(beat);
        sessions.delete(transport.sessionId);
      });
      await server.connect(transport);
      const requests = trackRequests(transport);
      const close = () => requests.settled(DRAIN_MS).then(() => server.close());
      sessions.set(transport.sessionId, { callerId: caller.id, transport, close });
    },
    async take(request, response, { json, caller }) {
      const id = new URL(request.url ?? "", "http://localhost").searchParams.get("sessionId") ?? "";
      const session = sessions.get(id);
      // Whoever learns of another's stream must not speak in it.
      if (session?.callerId !== caller.id) {
        return sendRefusal(response, { status: 404, message: "There is no such stream; open one anew." });
      }
      await session.transport.handlePostMessage(request, response, json);
    },
    close: async () => void (await Promise.all([...sessions.values()].map((session) => session.close()))),
  };
}
