import { createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A call of a tool on its way to a replica. */
export interface Forwarded {
  replica: number;
  body: string;
}

/**
 * A balancer of the plain kind: each request to the next replica, whether that one lives or not. What a replica breaks off
 * becomes a 502, or a connection that is cut where the answer had begun.
 */
export async function startRoundRobin(
  targets: readonly string[],
  onCall: (calls: readonly Forwarded[]) => void = () => undefined,
) {
  const calls: Forwarded[] = [];
  let turn = 0;
  const server = createServer((incoming, response) => {
    const replica = turn++ % targets.length;
    void text(incoming).then((body) => {
      if (body.includes('"tools/call"')) {
        calls.push({ replica, body });
        onCall(calls);
      }
      forward(incoming, body, response, targets[replica] ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/flyte-mcp/mcp`,
    calls,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function forward(
  { method, headers }: IncomingMessage,
  body: string,
  response: ServerResponse,
  target: string,
): void {
  const giveUp = () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end("No replica answered.");
  };
  // A connection for each request: what a replica has accepted is then no question of reuse.
  const sent = request(target, { method, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on("error", giveUp);
    answer.pipe(response);
  });
  sent.on("error", giveUp);
  response.on("close", () => sent.destroy());
  sent.end(body);
}
