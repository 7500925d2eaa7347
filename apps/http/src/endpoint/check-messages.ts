import type { IncomingHttpHeaders } from "node:http";
import type { JSONRPCMessage, JSONRPCRequest } from "@modelcontextprotocol/sdk/types.js";
import { SUPPORTED_PROTOCOL_VERSIONS } from "@modelcontextprotocol/sdk/types.js";
import type { Refusal } from "../refusal.ts";

/** Of JSON-RPC 2.0, section 5.1. */
const INVALID_REQUEST = -32_600;
const SERVER_ERROR = -32_000;
// More at once would be a way around limits of calls.
const MOST_MESSAGES = 100;

/** Why the headers of a message do not fit MCP's streamable HTTP transport. */
export function checkHeaders({
  accept = "",
  "mcp-protocol-version": version,
}: IncomingHttpHeaders): Refusal | undefined {
  const types = ["application/json", "text/event-stream"];
  if (!accept.includes("*/*") && !types.every((type) => accept.includes(type))) {
    return refuse(406, SERVER_ERROR, `The Accept header must name ${types.join(" and ")}.`);
  }
  if (version === undefined || SUPPORTED_PROTOCOL_VERSIONS.includes(String(version))) return undefined;
  const known = SUPPORTED_PROTOCOL_VERSIONS.join(", ");
  return refuse(400, SERVER_ERROR, `The MCP-Protocol-Version must be one of ${known}.`);
}

/** The messages of a body: one, or a batch as older clients send it; or why they are none. */
export function readMessages(json: unknown): JSONRPCMessage[] | Refusal {
  const messages: unknown[] = Array.isArray(json) ? json : [json];
  if (messages.length === 0 || messages.length > MOST_MESSAGES) {
    return refuse(400, INVALID_REQUEST, `A batch must have 1 to ${MOST_MESSAGES} messages.`);
  }
  if (!messages.every(isMessage))
    return refuse(400, INVALID_REQUEST, "The request body is not a JSON-RPC 2.0 message.");
  const isFirst = messages.some((message) => isRequest(message) && message.method === "initialize");
  if (isFirst && messages.length > 1)
    return refuse(400, INVALID_REQUEST, "An initialize request must come alone.");
  return messages;
}

/** Whether a message asks for an answer. */
export function isRequest(message: JSONRPCMessage): message is JSONRPCRequest {
  return "method" in message && "id" in message;
}

function isMessage(value: unknown): value is JSONRPCMessage {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { jsonrpc, id, method, params, result, error } = value as Record<string, unknown>;
  if (jsonrpc !== "2.0" || !["undefined", "string", "number"].includes(typeof id)) return false;
  if (typeof method !== "string") return id !== undefined && (result !== undefined || error !== undefined);
  return params === undefined || (typeof params === "object" && params !== null && !Array.isArray(params));
}

function refuse(status: number, rpcCode: number, message: string): Refusal {
  return { status, rpcCode, message };
}
