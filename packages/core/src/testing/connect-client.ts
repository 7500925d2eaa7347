import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { CallToolResult, Progress } from "@modelcontextprotocol/sdk/types.js";
import type { ServerOptions } from "../server/create-server.ts";
import { createServer } from "../server/create-server.ts";
import type { ToolGroup } from "../contract.ts";
import type { Flyte } from "../client/flyte.ts";
import type { Policy } from "../policy.ts";

export interface TestClientOptions {
  groups: readonly ToolGroup[];
  /** Left out for tools that call no Flyte. */
  flyte?: Flyte;
  policy?: Policy;
  instructions?: ServerOptions["instructions"];
  watch?: ServerOptions["watch"];
}

export interface CallOptions {
  signal?: AbortSignal;
  onprogress?: (progress: Progress) => void;
}

export interface TestClient {
  /** The SDK's own client, for what the short forms below do not cover. */
  client: Client;
  /** The structured answer of a call that must succeed; throws its text when it fails. */
  answer(
    name: string,
    args?: Record<string, unknown>,
    options?: CallOptions,
  ): Promise<Record<string, unknown>>;
  /** The text of a call that must fail; throws when it succeeds. */
  failure(name: string, args?: Record<string, unknown>, options?: CallOptions): Promise<string>;
  close(): Promise<void>;
}

/** A real MCP client of a real server, both in this process. */
export async function connectClient({
  groups,
  flyte,
  policy = {},
  instructions,
  watch,
}: TestClientOptions): Promise<TestClient> {
  const server = createServer({ name: "test", version: "0.0.0", groups, flyte, policy, instructions, watch });
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  await server.connect(serverSide);
  const client = new Client({ name: "test-client", version: "0.0.0" });
  await client.connect(clientSide);
  const call = async (name: string, args: Record<string, unknown> = {}, options: CallOptions = {}) =>
    (await client.callTool({ name, arguments: args }, undefined, options)) as CallToolResult;
  return {
    client,
    async answer(name, args, options) {
      const result = await call(name, args, options);
      if (result.isError || !result.structuredContent) throw new Error(textOf(result));
      return result.structuredContent;
    },
    async failure(name, args, options) {
      const result = await call(name, args, options);
      if (!result.isError) throw new Error(`${name} succeeded: ${textOf(result)}`);
      return textOf(result);
    },
    close: () => client.close(),
  };
}

function textOf({ content }: CallToolResult): string {
  return content.map((part) => (part.type === "text" ? part.text : "")).join("");
}
