import type { ServerResponse } from "node:http";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";

// Some clients give up when nothing has come in a minute, so that headers leave before a long call ends.
const PATIENCE_MS = 500;

/** The answers to the requests of one HTTP request, as events in the order in which they come. */
export interface AnswerStream {
  /** Sends a message of the server's, `isLast` where none follows. */
  send(message: JSONRPCMessage, isLast: boolean): void;
}

/** Begins when the first answer is there, or after a moment. */
export function openAnswerStream(response: ServerResponse): AnswerStream {
  response.setHeader("content-type", "text/event-stream");
  response.setHeader("cache-control", "no-cache, no-transform");
  // Proxies that collect an answer would keep progress back.
  response.setHeader("x-accel-buffering", "no");
  const timer = setTimeout(() => response.flushHeaders(), PATIENCE_MS);
  response.once("close", () => clearTimeout(timer));
  return {
    send(message, isLast) {
      clearTimeout(timer);
      const event = `event: message\ndata: ${JSON.stringify(message)}\n\n`;
      if (isLast) response.end(event);
      else response.write(event);
    },
  };
}
