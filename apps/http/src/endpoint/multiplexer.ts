import type { ServerResponse } from "node:http";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage, JSONRPCRequest, RequestId } from "@modelcontextprotocol/sdk/types.js";
import { openAnswerStream } from "./answer-stream.ts";
import type { AnswerStream } from "./answer-stream.ts";

/** One connection to the MCP server that carries the requests of all callers, each with its own way back. */
export interface Multiplexer<Asker> {
  /** For the server. */
  transport: Transport;
  /** Who sent the request that the server knows by this id. Throws on one that is not under way. */
  askerOf(id: RequestId): Asker;
  /** Has requests answered on this response; those that are unanswered when it closes are cancelled. */
  answer(requests: readonly JSONRPCRequest[], response: ServerResponse, asker: Asker): void;
}

interface Exchange<Asker> {
  asker: Asker;
  /** The id by which the caller knows its request; others may use the same. */
  ownId: RequestId;
  stream: AnswerStream;
  /** The ids of this response that are unanswered. */
  siblings: Set<RequestId>;
}

export function createMultiplexer<Asker>(): Multiplexer<Asker> {
  const underWay = new Map<RequestId, Exchange<Asker>>();
  let last = 0;
  const transport: Transport = {
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    send(message, { relatedRequestId } = {}) {
      const isAnswer = !("method" in message);
      const id = isAnswer ? message.id : relatedRequestId;
      const exchange = id === undefined ? undefined : underWay.get(id);
      // Whoever asked went away.
      if (id === undefined || exchange === undefined) return Promise.resolve();
      const { stream, siblings, ownId } = exchange;
      if (!isAnswer) stream.send(message, false);
      else {
        underWay.delete(id);
        siblings.delete(id);
        stream.send({ ...message, id: ownId }, siblings.size === 0);
      }
      return Promise.resolve();
    },
  };
  const cancel = (requestId: RequestId) => {
    underWay.delete(requestId);
    const params = { requestId, reason: "the caller closed the connection" };
    transport.onmessage?.({ jsonrpc: "2.0", method: "notifications/cancelled", params });
  };
  return {
    transport,
    askerOf(id) {
      const exchange = underWay.get(id);
      if (exchange === undefined) throw new Error("the request is not under way");
      return exchange.asker;
    },
    answer(requests, response, asker) {
      const stream = openAnswerStream(response);
      const siblings = new Set<RequestId>();
      const renamed: JSONRPCMessage[] = requests.map((request) => {
        const id = ++last;
        siblings.add(id);
        underWay.set(id, { asker, ownId: request.id, stream, siblings });
        return { ...request, id };
      });
      response.once("close", () => [...siblings].forEach(cancel));
      for (const message of renamed) transport.onmessage?.(message);
    },
  };
}
