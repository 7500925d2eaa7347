import { startHttp } from "./built-apps.ts";
import type { HttpServer } from "./built-apps.ts";
import { LIST, MCP, send as sendTo } from "./http-security/post.ts";

let server: HttpServer;
beforeAll(
  async () =>
    (server = await startHttp([
      ...["--allowed-hosts", "mcp.example.com", "--mount-path", "/flyte"],
      ...["--auth", "none"],
    ])),
);
afterAll(() => server.stop());

const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
  sendTo(server.url, method, headers, body, path);

it("answers over SSE at its mount path", async () => {
  expect(new URL(server.url).pathname).toBe("/flyte/mcp");
  const { status, headers, body } = await send("POST", "/flyte/mcp", MCP, LIST);
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("text/event-stream");
  expect(headers["mcp-session-id"]).toBeUndefined();
  expect(body).toContain('"name":"list_tasks"');
});

it.each([
  ["evil.example", 403],
  ["evil.example:8080", 403],
  ["127.0.0.1.evil.example", 403],
  ["mcp.example.com", 200],
  ["localhost:1234", 200],
])("for Host %s answers %d", async (host, expected) => {
  const { status } = await send("POST", "/flyte/mcp", { ...MCP, host }, LIST);
  expect(status).toBe(expected);
});

it.each([
  ["https://evil.example", 403],
  ["null", 403],
  ["http://localhost:3000", 200],
])("for Origin %s answers %d", async (origin, expected) => {
  const { status } = await send("POST", "/flyte/mcp", { ...MCP, origin }, LIST);
  expect(status).toBe(expected);
});

it.each(["GET", "DELETE", "PUT"])("takes no %s", async (method) => {
  const { status, headers } = await send(method, "/flyte/mcp", MCP);
  expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: "POST" });
});

it.each(["//", "/\\", "http://", "*", "/%"])("survives a request for %s", async (path) => {
  expect((await send("GET", path, {})).status).toBe(404);
});

it("takes a Host in any case", async () => {
  expect((await send("POST", "/flyte/mcp", { ...MCP, host: "MCP.Example.com" }, LIST)).status).toBe(200);
});

it("says where the endpoint is", async () => {
  const { status, body } = await send("POST", "/mcp", MCP, LIST);
  expect(status).toBe(404);
  expect(JSON.parse(body)).toEqual({ error: "Nothing is here; the MCP endpoint is /flyte/mcp." });
});

it("refuses what is not JSON, and more than 4 MiB", async () => {
  expect((await send("POST", "/flyte/mcp", MCP, "{")).status).toBe(400);
  expect((await send("POST", "/flyte/mcp", MCP, `"${"x".repeat(4 * 1024 * 1024)}"`)).status).toBe(413);
});
