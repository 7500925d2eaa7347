import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { Answer } from "../sdk-client.ts";

// Of three replicas one at least lives, and each is asked in its turn: more attempts than that would hide something.
const MOST_ATTEMPTS = 20;

const BROKEN = /SSE stream disconnected/;

/** One client, with a credential of its own. */
export interface Caller {
  token: string;
  /** Calls a tool once; throws what a caller sees. */
  call(name: string, args: Answer): Promise<Answer>;
  close(): Promise<void>;
}

/** Connects the SDK's client, again and again where it is told that it may. */
export async function connectCaller(url: string, token: string): Promise<Caller> {
  const client = new Client({ name: token, version: "0.0.0" });
  const headers = { authorization: `Bearer ${token}` };
  const connect = () =>
    client.connect(
      new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }) as Transport,
    );
  await retry(connect);
  return {
    token,
    async call(name, args) {
      const lost = new AbortController();
      // The SDK only tells of an answer that broke off; the call itself would go on waiting for it.
      client.onerror = (error) => BROKEN.test(error.message) && lost.abort(error);
      const asked = client.callTool({ name, arguments: args }, undefined, { signal: lost.signal });
      const answer = await asked.catch((error: unknown) => {
        throw lost.signal.aborted ? lost.signal.reason : error;
      });
      if (answer.isError) throw new Error(`${name}: ${JSON.stringify(answer.content)}`);
      return answer.structuredContent as Answer;
    },
    close: () => client.close(),
  };
}

/** Does a thing until it is done; throws what trying again does not help. */
export async function retry<T>(
  attempt: () => Promise<T>,
  onFailure: () => void = () => undefined,
): Promise<T> {
  for (let left = MOST_ATTEMPTS; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 1 || !isRetriable(error)) throw error;
      onFailure();
    }
  }
}

/** Whether an error says that the server was not there, and nothing of the call itself. */
export function isRetriable(error: unknown): boolean {
  // Not by instanceof: what fetch throws is of another realm than a test's.
  const { message = "", code } = error as { message?: string; code?: number };
  return code === 502 || code === 503 || BROKEN.test(message) || /fetch failed|terminated/.test(message);
}
