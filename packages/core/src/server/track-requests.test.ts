import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { trackRequests } from "./track-requests.ts";

async function connect(onAnswered?: (method: string) => void) {
  const [client, server] = InMemoryTransport.createLinkedPair();
  const came: JSONRPCMessage[] = [];
  server.onmessage = (message) => void came.push(message);
  await Promise.all([client.start(), server.start()]);
  const { settled } = trackRequests(server, onAnswered);
  const ask = (id: number, method: string) => client.send({ jsonrpc: "2.0", id, method });
  const answer = (id: number) => server.send({ jsonrpc: "2.0", id, result: {} });
  return { client, server, came, settled, ask, answer };
}

// No test waits so long: what is not settled by then fails by the test's own limit.
const LONG_MS = 600_000;

it("is settled when every request is answered, whatever was asked before", async () => {
  const { ask, answer, settled, came } = await connect();
  await ask(1, "tools/list");
  await answer(1);
  await settled(LONG_MS);
  await ask(2, "tools/call");
  await ask(3, "tools/call");
  const ended = settled(LONG_MS);
  await answer(3);
  await answer(2);
  await ended;
  expect(came).toHaveLength(3);
});

it("goes on when the time is up, and counts no notification and no request of its own", async () => {
  const { client, server, ask, settled } = await connect();
  await client.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  await server.send({ jsonrpc: "2.0", id: "own", method: "ping" });
  await settled(LONG_MS);
  await ask(1, "tools/call");
  await settled(1);
});

it("tells which method was answered, each time", async () => {
  const told: string[] = [];
  const { ask, answer } = await connect((method) => void told.push(method));
  await ask(1, "initialize");
  await ask(2, "tools/list");
  await answer(2);
  await answer(1);
  await answer(9);
  expect(told).toEqual(["tools/list", "initialize"]);
});
