import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export const MCP = { "content-type": "application/json", accept: "application/json, text/event-stream" };
export const LIST = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });

export const getRun = (name: string, id = 1) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "get_run", arguments: { name } },
});

type Headers = Record<string, string | string[]>;

/** Sends a request with exactly these headers, and to this path whatever it is, which fetch would not allow. */
export function send(
  url: string,
  method: string,
  headers: Headers,
  body = "",
  path = new URL(url).pathname + new URL(url).search,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, path, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Asks an MCP server for its tools, or calls one. */
export function post(url: string, headers: Headers = {}, message: object | string = LIST): Promise<Reply> {
  const body = typeof message === "string" ? message : JSON.stringify(message);
  return send(url, "POST", { ...MCP, ...headers }, body);
}

export const withToken = (token: string) => ({ authorization: `Bearer ${token}` });

/** Writes bytes on a connection of its own and gives all that came until the server closed it. */
export function talk(url: string, ...parts: string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(Number(port), hostname, () => {
      for (const part of parts) socket.write(part);
    });
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
  });
}
