import { request as httpRequest } from "node:http";
import type { Agent } from "node:http";
import { request as httpsRequest } from "node:https";
import { createAgents } from "./agents.ts";
import type { AgentFor } from "./agents.ts";

/** One GET of a signed URL. */
export interface Get {
  url: string;
  /** Nothing is read beyond. */
  mostBytes: number;
  signal: AbortSignal;
}

export interface GetAnswer {
  status: number;
  content: Uint8Array;
  /** There was more than asked for. */
  isCut: boolean;
}

export type GetBytes = (get: Get) => Promise<GetAnswer>;

type Reply = GetAnswer & { location: string | undefined };

const LONGEST_MS = 30_000;
const MOST_REDIRECTS = 3;

/** Makes a GET by the same way as the plane's RPCs and without credentials; it never leaves TLS on a redirect and gives up after 30 s. */
export function createGetBytes(agentFor: AgentFor = createAgents()): GetBytes {
  return async ({ signal, ...get }) => {
    const until = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]);
    let url = get.url;
    for (let redirects = 0; ; redirects++) {
      const { location, ...answer } = await receive({ ...get, url, signal: until }, agentFor(url));
      const next = location === undefined ? undefined : new URL(location, url).href;
      if (next === undefined || redirects === MOST_REDIRECTS) return answer;
      if (url.startsWith("https:") && !next.startsWith("https:")) return answer;
      url = next;
    }
  };
}

function receive({ url, mostBytes, signal }: Get, agent: Agent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith("https:");
    const options = { signal, agent };
    const sent = (isSecure ? httpsRequest : httpRequest)(url, options, (response) => {
      const { statusCode: status = 0, headers } = response;
      const chunks: Buffer[] = [];
      let size = 0;
      const end = (isCut: boolean) => {
        const content = new Uint8Array(Buffer.concat(chunks).subarray(0, mostBytes));
        const location = status >= 300 && status < 400 ? headers.location : undefined;
        resolve({ status, content, isCut, location });
      };
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size <= mostBytes) return;
        end(true);
        response.destroy();
      });
      response.on("error", reject);
      response.on("end", () => end(false));
    });
    sent.on("error", reject);
    sent.end();
  });
}
