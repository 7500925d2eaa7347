import { startHttp } from "../built-apps.ts";
import { playPlane } from "../http-security/play-plane.ts";
import type { PlayedPlane } from "../http-security/play-plane.ts";
import { getRun, post, send, withToken } from "../http-security/post.ts";
import { readRecords } from "./records.ts";

const TOKEN = "canary-token-of-a-caller";

let plane: PlayedPlane;
beforeAll(async () => (plane = await playPlane({ accepts: (it) => it === `Bearer ${TOKEN}` })));
afterAll(() => plane.close());

async function logOf(args: readonly string[], use: (url: string) => Promise<unknown>): Promise<string> {
  const server = await startHttp([...plane.where, ...args]);
  await use(server.url);
  await server.stop();
  return server.stderr();
}

it("logs a request by an id that its caller, its answer and Flyte have as well", async () => {
  const ids: unknown[] = [];
  const text = await logOf([], async (url) => {
    const own = await post(url, { ...withToken(TOKEN), "x-request-id": "trace-me.1" }, getRun("r1"));
    const made = await post(url, withToken(TOKEN), getRun("r2"));
    ids.push(own.headers["x-request-id"], made.headers["x-request-id"]);
  });
  expect(ids).toEqual(["trace-me.1", expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  const requests = readRecords(text).filter(({ kind }) => kind === "request");
  expect(requests.map(({ request_id }) => request_id)).toEqual(ids);
  expect(plane.seen.filter(({ run }) => run !== "").map(({ requestId }) => requestId)).toEqual(ids);
  expect(requests[0]).toMatchObject({
    level: "info",
    caller: expect.stringMatching(/^pass-through:/),
    method: "POST",
    path: "/flyte-mcp/mcp",
    asks: "tools/call get_run",
    status: 200,
    ms: expect.any(Number),
  });
});

it("gives an id of its own where the caller's could forge a line", async () => {
  const ids: unknown[] = [];
  await logOf([], async (url) => {
    for (const id of ["a b", "x".repeat(65), '"}{"']) {
      ids.push((await post(url, { "x-request-id": id })).headers["x-request-id"]);
    }
  });
  expect(ids).toEqual(Array(3).fill(expect.stringMatching(/^[0-9a-f-]{36}$/)));
});

it("shows no credential and no argument, wherever they come", async () => {
  const text = await logOf(["--log-level", "debug"], async (url) => {
    await post(url, withToken(TOKEN), getRun("canary-argument"));
    await post(url, withToken("canary-token-that-is-refused"), getRun("r1"));
    await post(url, { authorization: "Basic Y2FuYXJ5OmNhbmFyeQ==" });
    await post(url, { cookie: "session=canary-cookie" });
    await send(url, "GET", {}, "", "/nowhere?access_token=canary-query");
    await post(url, withToken(TOKEN), "canary, which is no JSON");
    await post(url, withToken(TOKEN), {
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: `Bearer ${TOKEN}` },
    });
  });
  expect(readRecords(text).filter(({ kind }) => kind === "request")).toHaveLength(7);
  expect(text).not.toMatch(/canary|Y2FuYXJ5/);
});

it("logs for a person where asked, and nothing but what is as grave as asked", async () => {
  const use = (url: string) => post(url, withToken(TOKEN), getRun("r1"));
  const text = await logOf(["--log-format", "text"], use);
  expect(text).toMatch(/^flyte-mcp-http: POST \/flyte-mcp\/mcp tools\/call get_run 200 /m);
  expect(text).toContain("claude mcp add --transport http");
  const readiness = await logOf(["--log-level", "debug"], (url) => send(url, "GET", {}, "", "/ready"));
  expect(readRecords(readiness)).toContainEqual(expect.objectContaining({ level: "debug", path: "/ready" }));
  const usual = await logOf([], (url) => send(url, "GET", {}, "", "/ready"));
  expect(usual).not.toContain("/ready");
});
