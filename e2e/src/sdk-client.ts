import { tmpdir } from "node:os";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { cleanEnv, STDIO } from "./built-apps.ts";

export type Answer = Record<string, unknown>;

export interface Connection {
  client: Client;
  /** Calls a tool that must succeed. */
  call(name: string, args?: Answer): Promise<Answer>;
  /** Calls a tool that must fail, and gives what it says. */
  fail(name: string, args?: Answer): Promise<string>;
  close(): Promise<void>;
}

/** The SDK's client on the built stdio server. */
export function connectStdio(args: readonly string[], env: Record<string, string> = {}): Promise<Connection> {
  const command = { command: process.execPath, args: [STDIO, ...args], env: cleanEnv(env), cwd: tmpdir() };
  return connect(new StdioClientTransport({ ...command, stderr: "ignore" }));
}

/** The SDK's client on a running HTTP server. */
export function connectHttp(url: string, headers: Record<string, string> = {}): Promise<Connection> {
  return connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }) as Transport);
}

async function connect(transport: Transport): Promise<Connection> {
  const client = new Client({ name: "e2e", version: "0.0.0" });
  await client.connect(transport);
  const callTool = async (name: string, args: Answer = {}) =>
    (await client.callTool({ name, arguments: args })) as CallToolResult;
  return {
    client,
    async call(name, args) {
      const result = await callTool(name, args);
      if (result.isError) throw new Error(`${name}: ${textOf(result)}`);
      return result.structuredContent ?? {};
    },
    async fail(name, args) {
      const result = await callTool(name, args);
      if (!result.isError) throw new Error(`${name} succeeded: ${textOf(result)}`);
      return textOf(result);
    },
    close: () => client.close(),
  };
}

function textOf({ content }: CallToolResult): string {
  return content.map((part) => (part.type === "text" ? part.text : "")).join("");
}
