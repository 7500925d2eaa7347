import { request } from "node:http";
import { startHttp } from "../built-apps.ts";
import type { HttpServer } from "../built-apps.ts";
import { until } from "../operations/records.ts";
import { playPlane } from "./play-plane.ts";
import type { PlayedPlane } from "./play-plane.ts";
import { getRun, MCP, post, withToken } from "./post.ts";

let plane: PlayedPlane;
let server: HttpServer;
beforeAll(async () => {
  plane = await playPlane({});
  server = await startHttp([...plane.where, "--auth", "passthrough", "--rate-limit", "0"]);
});
afterAll(async () => {
  await server.stop();
  plane.close();
});

const ME = withToken("somebody");

/** The JSON-RPC messages of an answer, in the order in which they came. */
const eventsOf = (body: string) =>
  [...body.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => JSON.parse(data) as Record<string, unknown>);

it("answers each message of a batch under its own id, also where two have the same", async () => {
  const list = { jsonrpc: "2.0", id: "a", method: "tools/list" };
  const { status, body } = await post(server.url, ME, [list, getRun("r1", 7), getRun("r2", 7)]);
  expect(status).toBe(200);
  const events = eventsOf(body);
  expect(events.map(({ id }) => id).sort()).toEqual([7, 7, "a"]);
  expect(body).toContain("r1");
  expect(body).toContain("r2");
});

it.each([
  ["a notification", { jsonrpc: "2.0", method: "notifications/initialized" }],
  [
    "a cancellation of what others may have under way",
    { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } },
  ],
  ["an answer to what nobody asked", { jsonrpc: "2.0", id: 1, result: {} }],
])("takes %s without a word", async (_what, message) => {
  plane.hold();
  const held = post(server.url, ME, getRun("r1"));
  await until(() => plane.held() || undefined);
  expect(await post(server.url, ME, message)).toMatchObject({ status: 202, body: "" });
  plane.letGo();
  expect((await held).body).toContain("running");
});

it.each([
  ["a body that is no message", {}, { hello: "canary" }, 400, "not a JSON-RPC 2.0 message"],
  [
    "another version of JSON-RPC",
    {},
    { jsonrpc: "1.0", id: 1, method: "ping" },
    400,
    "not a JSON-RPC 2.0 message",
  ],
  ["an id that is none", {}, { jsonrpc: "2.0", id: null, method: "ping" }, 400, "not a JSON-RPC 2.0 message"],
  [
    "parameters by position",
    {},
    { jsonrpc: "2.0", id: 1, method: "ping", params: [1] },
    400,
    "not a JSON-RPC",
  ],
  ["an empty batch", {}, [], 400, "1 to 100 messages"],
  ["a batch too large", {}, Array(101).fill({ jsonrpc: "2.0", method: "ping" }), 400, "1 to 100 messages"],
  [
    "an initialize in a batch",
    {},
    Array(2).fill({ jsonrpc: "2.0", id: 1, method: "initialize" }),
    400,
    "must come alone",
  ],
  [
    "an Accept of JSON alone",
    { accept: "application/json" },
    { jsonrpc: "2.0", id: 1, method: "ping" },
    406,
    "text/event-stream",
  ],
  [
    "an unknown version of MCP",
    { "mcp-protocol-version": "1999-01-01" },
    { jsonrpc: "2.0", id: 1, method: "ping" },
    400,
    "2025-11-25",
  ],
])("refuses %s in a sentence", async (_what, headers, message, status, sentence) => {
  const reply = await post(server.url, { ...withToken("of-bad-messages"), ...headers }, message);
  expect(reply.status).toBe(status);
  const { error } = JSON.parse(reply.body) as { error: { code: number; message: string } };
  expect(error.message).toContain(sentence);
  expect(reply.body).not.toContain("canary");
});

it("answers an unknown method as JSON-RPC does", async () => {
  const { body } = await post(server.url, ME, { jsonrpc: "2.0", id: "x", method: "nonsense" });
  expect(eventsOf(body)).toEqual([
    { jsonrpc: "2.0", id: "x", error: { code: -32601, message: "Method not found" } },
  ]);
});

it("ends the RPCs of a caller who closes the connection, and nobody else's", async () => {
  plane.hold();
  const other = post(server.url, withToken("other"), getRun("r2"));
  const gone = request(server.url, { method: "POST", headers: { ...MCP, ...ME }, agent: false });
  gone.on("error", () => undefined);
  gone.end(JSON.stringify(getRun("r-gone")));
  await until(() => (plane.held() >= 2 ? true : undefined));
  gone.destroy();
  await until(() => plane.aborted().includes("r-gone") || undefined);
  expect(plane.aborted()).toEqual(["r-gone"]);
  plane.letGo();
  expect((await other).body).toContain("running");
});

it("begins a long answer before it ends, for clients that wait a minute for the first byte", async () => {
  plane.hold();
  const began = new Promise<number>((resolve) => {
    const sent = request(
      server.url,
      { method: "POST", headers: { ...MCP, ...ME }, agent: false },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.resume();
      },
    );
    sent.end(JSON.stringify(getRun("r1")));
  });
  expect(await began).toBe(200);
  expect(plane.held()).toBe(1);
  plane.letGo();
});
