import { connect } from "node:net";
import { startHttp } from "../built-apps.ts";
import type { HttpServer } from "../built-apps.ts";
import { connectHttp } from "../sdk-client.ts";
import { LIST, MCP, post, send, talk } from "./post.ts";

const CANARY = "canary-0123456789";

let server: HttpServer;
beforeAll(async () => {
  server = await startHttp(["--sandbox", "--header-timeout", "1", "--request-timeout", "2"]);
});
/** Whatever came before, the server answers. */
afterEach(async () => {
  expect((await post(server.url)).status).toBe(200);
});
afterAll(async () => {
  await server.stop();
  expect(server.stderr()).not.toContain("canary");
});

const SECURITY = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

function sentenceIn(body: string): string {
  const { error } = JSON.parse(body) as { error: string | { message: string } };
  return typeof error === "string" ? error : error.message;
}

type Bad = [
  what: string,
  method: string,
  headers: Record<string, string | string[]>,
  body: string,
  status: number,
];
const manyLines = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x-${index}`, "1"]));
const MIB = 1024 * 1024;

it.each<Bad>([
  ["a foreign Host", "POST", { ...MCP, host: "evil.example" }, LIST, 403],
  ["a Host that ends well", "POST", { ...MCP, host: "localhost.evil.example" }, LIST, 403],
  ["a foreign Origin", "POST", { ...MCP, origin: "https://evil.example" }, LIST, 403],
  ["an Origin of no page", "POST", { ...MCP, origin: "null" }, LIST, 403],
  ["two Origins", "POST", { ...MCP, origin: ["http://localhost", "https://evil.example"] }, LIST, 400],
  ["a form", "POST", { ...MCP, "content-type": "application/x-www-form-urlencoded" }, "a=b", 415],
  ["text of a simple request", "POST", { ...MCP, "content-type": "text/plain" }, LIST, 415],
  ["a type in a parameter", "POST", { ...MCP, "content-type": "text/plain; a=application/json" }, LIST, 415],
  ["no type", "POST", { accept: MCP.accept }, LIST, 415],
  ["a compressed body", "POST", { ...MCP, "content-encoding": "gzip" }, LIST, 415],
  ["an unknown Accept", "POST", { ...MCP, accept: "text/html" }, LIST, 406],
  ["broken JSON", "POST", MCP, `{"jsonrpc": "${CANARY}`, 400],
  ["no body", "POST", MCP, "", 400],
  ["JSON that is no message", "POST", MCP, `{"${CANARY}":1}`, 400],
  ["a list of no messages", "POST", MCP, "[1,2]", 400],
  ["a body of 5 MiB", "POST", MCP, `"${"x".repeat(5 * MIB)}"`, 413],
  ["a body of 5 MiB in chunks", "POST", { ...MCP, "transfer-encoding": "chunked" }, "x".repeat(5 * MIB), 413],
  ["GET", "GET", MCP, "", 405],
  ["DELETE", "DELETE", MCP, "", 405],
  ["OPTIONS", "OPTIONS", { origin: "http://localhost" }, "", 405],
  ["a body of 5 MiB elsewhere", "PUT", { "content-type": "x/y" }, "x".repeat(5 * MIB), 405],
  ["1,000 header lines", "POST", { ...MCP, ...manyLines }, LIST, 431],
  ["headers of 40 KiB", "POST", { ...MCP, "x-large": "x".repeat(40_000) }, LIST, 431],
])("answers %s in a sentence", async (_what, method, headers, body, status) => {
  const reply = await send(server.url, method, headers, body);
  expect(reply.status).toBe(status);
  expect(reply.headers).toMatchObject(SECURITY);
  expect(sentenceIn(reply.body)).toMatch(/^[A-Z][^\n]{10,200}$/);
  expect(reply.body).not.toContain("canary");
});

const HEAD = "POST /flyte-mcp/mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

it.each<[string, string[], number]>([
  ["no HTTP", [`${CANARY}\r\n\r\n`], 400],
  ["a TLS handshake", ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"], 400],
  ["a header line without a colon", ["GET / HTTP/1.1\r\nHost: localhost\r\ncanary\r\n\r\n"], 400],
  ["a header that is folded", ["GET / HTTP/1.1\r\nHost: localhost\r\nA: b\r\n c\r\n\r\n"], 400],
  ["no Host", ["GET / HTTP/1.1\r\nConnection: close\r\n\r\n"], 400],
  [
    "two Hosts",
    ["GET / HTTP/1.1\r\nHost: localhost\r\nHost: canary.example\r\nConnection: close\r\n\r\n"],
    400,
  ],
  ["two lengths", [`${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`], 400],
  ["a length and chunks", [`${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`], 400],
  ["a chunk that is none", [`${HEAD}Transfer-Encoding: chunked\r\n\r\ncanary\r\n`], 400],
  ["headers that do not end", [`${HEAD}X-Slow: `], 408],
  ["a body that does not come", [`${HEAD}Content-Length: 100\r\n\r\n{`], 408],
  ["a connection on which nothing comes", [], 408],
])("answers %s, and closes the connection", async (_what, parts, status) => {
  const text = await talk(server.url, ...parts);
  const [head = "", body = ""] = text.split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  for (const [name, value] of Object.entries(SECURITY)) expect(head).toContain(`${name}: ${value}`);
  expect(sentenceIn(body)).toMatch(/^[A-Z].*\.$/);
  expect(text).not.toContain("canary");
});

it("closes a connection on which headers come one byte a time, long before a request must have come", async () => {
  const patient = await startHttp(["--sandbox", "--header-timeout", "1"]);
  const { hostname, port } = new URL(patient.url);
  const socket = connect(Number(port), hostname);
  const dripping = setInterval(() => socket.writable && socket.write("X"), 50);
  const text = await new Promise<string>((resolve) => {
    let got = "";
    socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    socket.on("data", (chunk) => (got += chunk.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(got));
  });
  clearInterval(dripping);
  await patient.stop();
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
}, 30_000);

it("answers others while hundreds of connections are half open", async () => {
  const { hostname, port } = new URL(server.url);
  const sockets = Array.from({ length: 300 }, () => {
    const socket = connect(Number(port), hostname);
    socket.on("error", () => undefined);
    socket.write(`${HEAD}Content-Length: 10\r\n\r\n`);
    return socket;
  });
  expect((await post(server.url)).status).toBe(200);
  // Some vanish, the others are told that their time is over.
  for (const socket of sockets.slice(0, 150)) socket.resetAndDestroy();
  const closed = sockets.map((socket) => new Promise((resolve) => socket.on("close", resolve).resume()));
  await Promise.all(closed);
  expect((await post(server.url)).status).toBe(200);
});

it("lets an answer take longer than a request may", async () => {
  const { call, close } = await connectHttp(server.url);
  const { name } = await call("run_task", { name: "seed.gate", inputs: {} });
  const waited = await call("wait_for_run", { name, timeout_s: 4 });
  expect(waited["timed_out"]).toBe(true);
  await close();
});

it("survives JSON that is nested a hundred thousand deep", async () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"run_task","arguments":{"name":"seed.add","inputs":{"a":${deep}}}}}`;
  const reply = await post(server.url, {}, body);
  expect([200, 400]).toContain(reply.status);
  expect(reply.body).toMatch(/isError|error/);
});

it.each([
  ["/health", "GET", 200],
  ["/nothing", "GET", 404],
  ["/flyte-mcp/mcp", "POST", 200],
])("sends no cookies and the security headers with %s", async (path, method, status) => {
  const url = new URL(path, server.url).href;
  const reply = await send(url, method, { ...MCP, cookie: "a=b" }, method === "POST" ? LIST : "");
  expect(reply.status).toBe(status);
  expect(reply.headers).toMatchObject(SECURITY);
  expect(reply.headers["set-cookie"]).toBeUndefined();
  expect(reply.headers["x-powered-by"]).toBeUndefined();
  expect(reply.headers["cache-control"]).toMatch(/no-(store|cache)/);
  expect(reply.headers["strict-transport-security"]).toBeUndefined();
});
