import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { HTTP, runToEnd, startHttp } from "../built-apps.ts";
import { MCP, LIST, post, send, withToken } from "../http-security/post.ts";
import { connectHttp } from "../sdk-client.ts";
import { walkMainJob } from "../journey.ts";
import type { Answer } from "../sdk-client.ts";

const SECRETS = ["canary-shared-secret-1", "canary-shared-secret-2"] as const;
const start = () =>
  startHttp(["--sandbox", "--transport", "sse", "--auth", "shared-secret"], {
    FLYTE_MCP_SHARED_SECRET: SECRETS.join(","),
  });

async function connectOld(url: string, secret: string) {
  const requestInit = { headers: withToken(secret) };
  const transport = new SSEClientTransport(new URL(url.replace(/\/mcp$/, "/sse")), { requestInit });
  const client = new Client({ name: "old", version: "0" });
  await client.connect(transport);
  return client;
}

it("serves a client of the first HTTP transport, beside others, and ends its stream when it stops", async () => {
  const server = await start();
  const client = await connectOld(server.url, SECRETS[0]);
  await walkMainJob(async (name, args = {}) => {
    const result = await client.callTool({ name, arguments: args });
    return result.structuredContent as Answer;
  });
  expect((await post(server.url, withToken(SECRETS[1]))).status).toBe(200);
  const closed = new Promise<void>((resolve) => (client.onclose = resolve));
  client.onerror = () => void client.close();
  server.signal("SIGTERM");
  expect(await server.exited).toBe(0);
  await closed;
  expect(server.stderr()).not.toContain("canary");
});

it("takes a message for a stream only from whoever opened it", async () => {
  const server = await start();
  const client = await connectOld(server.url, SECRETS[0]);
  const path = (client.transport as unknown as { _endpoint: URL })._endpoint;
  const to = (secret: string, at = path.pathname + path.search) =>
    send(server.url, "POST", { ...MCP, ...withToken(secret) }, LIST, at);
  expect((await to(SECRETS[0])).status).toBe(202);
  expect(await to(SECRETS[1])).toMatchObject({
    status: 404,
    body: expect.stringContaining("There is no such stream"),
  });
  expect((await to("canary-guess-of-a-secret")).status).toBe(401);
  expect((await to(SECRETS[0], "/flyte-mcp/messages?sessionId=nope")).status).toBe(404);
  expect((await send(server.url, "GET", {}, "", "/flyte-mcp/sse")).status).toBe(401);
  expect(await send(server.url, "POST", MCP, LIST, "/flyte-mcp/sse")).toMatchObject({
    status: 405,
    headers: { allow: "GET" },
  });
  await client.close();
  await server.stop();
});

it("is off unless asked for", async () => {
  const server = await startHttp(["--sandbox"]);
  expect((await send(server.url, "GET", {}, "", "/flyte-mcp/sse")).status).toBe(404);
  const client = await connectHttp(server.url);
  expect(await client.call("whoami")).toMatchObject({ project: "flytesnacks" });
  await client.close();
  await server.stop();
});

it.each([[[]], [["--auth", "passthrough"]]])("is refused with pass-through: %j", async (args) => {
  const { code, stderr } = await runToEnd(HTTP, ["--sandbox", "--port", "0", "--transport", "sse", ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain("give --auth jwt, shared-secret or none, or leave --transport out");
});
