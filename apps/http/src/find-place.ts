import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";

/** What a request is for: a message to the endpoint, or for old clients their stream or a message beside it. */
export interface Place {
  kind: "mcp" | "stream" | "message";
}

/** The path of each place below the mount path. */
export const PLACES = { mcp: "/mcp", stream: "/sse", message: "/messages" } as const;

/** Where MCP is spoken. */
export const endpointPath = (mountPath: string): string => mountPath + PLACES.mcp;

/** What a request asks for by its path and method, or why nothing is there. */
export function findPlace(
  { method }: IncomingMessage,
  path: string,
  mountPath: string,
  servesOldClients: boolean,
): Place | Refusal {
  const kinds = servesOldClients ? (["mcp", "stream", "message"] as const) : (["mcp"] as const);
  const kind = kinds.find((each) => path === mountPath + PLACES[each]);
  const endpoint = endpointPath(mountPath);
  if (kind === undefined)
    return { status: 404, message: `Nothing is here; the MCP endpoint is ${endpoint}.` };
  const needed = kind === "stream" ? "GET" : "POST";
  if (method === needed) return { kind };
  const message =
    kind === "mcp"
      ? "This MCP endpoint takes POST only: it keeps no sessions."
      : `This path takes ${needed} only.`;
  return { status: 405, message, headers: { allow: needed } };
}
