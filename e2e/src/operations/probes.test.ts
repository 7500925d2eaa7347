import { createServer } from "node:net";
import { HTTP, runToEnd, startHttp } from "../built-apps.ts";
import { playPlane } from "../http-security/play-plane.ts";
import { getRun, post, send, withToken } from "../http-security/post.ts";
import { until } from "./records.ts";
import { freePort } from "./free-port.ts";

const probe = async (url: string, path: string, headers = {}) => {
  const { status, body } = await send(url, "GET", headers, "", path);
  return { status, body: JSON.parse(body) as unknown };
};

it("is ready while Flyte is there, whoever asks and however, and healthy also while it is not", async () => {
  const plane = await playPlane({});
  const server = await startHttp([...plane.where]);
  for (const headers of [{}, { host: "10.1.2.3:8080" }]) {
    expect(await probe(server.url, "/health", headers)).toEqual({ status: 200, body: { status: "healthy" } });
    expect(await probe(server.url, "/ready", headers)).toEqual({ status: 200, body: { status: "ready" } });
  }
  plane.close();
  const unready = await until(async () => {
    const answer = await probe(server.url, "/ready");
    return answer.status === 200 ? undefined : answer;
  });
  expect(unready).toEqual({ status: 503, body: { status: "unready", reason: "Flyte cannot be reached." } });
  expect(await probe(server.url, "/health")).toMatchObject({ status: 200 });
  await server.stop();
});

it("is not ready without an endpoint", async () => {
  const server = await startHttp([]);
  expect(await probe(server.url, "/ready")).toEqual({
    status: 503,
    body: { status: "unready", reason: "No Flyte endpoint is configured for this MCP server." },
  });
  await server.stop();
});

it("listens on PORT, which a platform gives, unless it is told otherwise", async () => {
  const [given, other] = [await freePort(), await freePort()];
  const env = { PORT: String(given) };
  const find = (text: string) => /server at http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
  // The last --port counts, so none is left of what the helper gives.
  for (const [own, port] of [
    [{}, given],
    [{ FLYTE_MCP_PORT: String(other) }, other],
  ] as const) {
    const taken = createServer().listen(port, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { code, stderr } = await runToEnd(HTTP, [], { env: { ...env, ...own } });
    taken.close();
    expect(code).toBe(2);
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use; give another by --port.`);
  }
  const server = await startHttp([], env);
  expect(find(server.stderr())).not.toBe(String(given));
  await server.stop();
});

it("lets a call in flight end before it stops, takes no new one meanwhile, and ends with 0", async () => {
  const plane = await playPlane({});
  const server = await startHttp([...plane.where]);
  plane.hold();
  const call = post(server.url, withToken("somebody"), getRun("r1"));
  await until(() => plane.held() || undefined);
  server.signal("SIGTERM");
  await until(() => server.stderr().includes("stopping when") || undefined);
  await expect(post(server.url, withToken("somebody"))).rejects.toThrow(/ECONNREFUSED/);
  plane.letGo();
  expect((await call).body).toContain("running");
  expect(await server.exited).toBe(0);
  plane.close();
});
