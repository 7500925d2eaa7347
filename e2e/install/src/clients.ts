import { spawn } from "node:child_process";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { cleanEnv } from "./scratch.ts";

export interface Connection {
  /** The names of all tools, and what a call of one says. */
  tools(): Promise<string[]>;
  call(name: string, args: object): Promise<{ isError: boolean; text: string }>;
  instructions: string | undefined;
  close(): Promise<void>;
}

/** A client of a server that it launches in a scratch folder. */
export function connectStdio(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
  node = process.execPath,
): Promise<Connection> {
  const command = { command: node, args: [...args], cwd, env: { ...cleanEnv(cwd), ...env } };
  return connect(new StdioClientTransport({ ...command, stderr: "ignore" }));
}

/** A client of a server in a scratch folder that says on stderr, by `pattern`, where it listens. */
export async function connectHttp(
  cwd: string,
  args: readonly string[],
  address: (stderr: string) => string | undefined,
): Promise<Connection> {
  const child = spawn(process.execPath, args, { cwd, env: cleanEnv(cwd) });
  const url = await new Promise<string>((resolve, reject) => {
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
      const found = address(stderr);
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`exited with ${code}: ${stderr}`)));
  });
  const connection = await connect(new StreamableHTTPClientTransport(new URL(url)) as Transport);
  return {
    ...connection,
    async close() {
      await connection.close();
      const closed = new Promise((resolve) => child.once("close", resolve));
      child.kill();
      await closed;
    },
  };
}

async function connect(transport: Transport): Promise<Connection> {
  const client = new Client({ name: "install", version: "0.0.0" });
  await client.connect(transport);
  return {
    async tools() {
      const { tools } = await client.listTools();
      return tools.map(({ name }) => name);
    },
    async call(name, args) {
      const result = await client.callTool({ name, arguments: { ...args } });
      const [content] = result.content as { text?: string }[];
      return { isError: result.isError === true, text: content?.text ?? "" };
    },
    instructions: client.getInstructions(),
    close: () => client.close(),
  };
}
