import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { createAgents } from "./agents.ts";
import type { AgentFor } from "./agents.ts";

export interface HttpRequest {
  method: "GET" | "POST" | "PUT";
  url: string;
  headers: Record<string, string>;
  content: Uint8Array;
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  /** At most 100,000 characters. */
  body: string;
  /** Seconds that the other side asks to wait. */
  retryAfterS: number;
}

export type SendHttp = (request: HttpRequest) => Promise<HttpAnswer>;

const MOST_CHARACTERS = 100_000;
const LONGEST_MS = 12_000;

/** Makes HTTP requests by the same way as the plane's RPCs; they follow no redirect and give up after 12 s. */
export function createSendHttp(agentFor: AgentFor = createAgents()): SendHttp {
  return ({ method, url, headers, content, signal }) =>
    new Promise((resolve, reject) => {
      const send = url.startsWith("https:") ? httpsRequest : httpRequest;
      const options = {
        method,
        headers: { ...headers, "content-length": String(content.length) },
        signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
        agent: agentFor(url),
      };
      const sent = send(url, options, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (body = (body + chunk).slice(0, MOST_CHARACTERS)));
        response.on("error", reject);
        const retryAfterS = Number(response.headers["retry-after"] ?? 0) || 0;
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body, retryAfterS }));
      });
      sent.on("error", reject);
      sent.end(content);
    });
}
