import { startHttp } from "../built-apps.ts";
import type { HttpServer } from "../built-apps.ts";
import { playPlane } from "./play-plane.ts";
import type { PlayedPlane } from "./play-plane.ts";
import { getRun, post, withToken } from "./post.ts";

let plane: PlayedPlane;
let server: HttpServer;
const start = async (...args: string[]) => {
  plane = await playPlane({});
  server = await startHttp([...plane.where, ...args]);
};
afterEach(async () => {
  plane.letGo();
  await server.stop();
  plane.close();
});

const PASS = ["--auth", "passthrough"];
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const statusesOf = async (replies: Promise<{ status: number }>[]) =>
  (await Promise.all(replies)).map(({ status }) => status);

it("takes 30 requests of one credential at once, then says when to come again", async () => {
  await start(...PASS);
  const started = Date.now();
  const statuses = await statusesOf(times(40, () => post(server.url, withToken("one"))));
  const served = statuses.filter((status) => status === 200);
  // A token comes back every half second meanwhile.
  const cameBack = Math.ceil((Date.now() - started) / 500);
  expect(served.length).toBeGreaterThanOrEqual(30);
  expect(served.length).toBeLessThanOrEqual(30 + cameBack);
  let last = await post(server.url, withToken("one"));
  while (last.status === 200) last = await post(server.url, withToken("one"));
  expect([last.status, last.headers["retry-after"]]).toEqual([429, "1"]);
  expect(JSON.parse(last.body)).toEqual({
    error: "This credential may send 120 requests a minute, 30 at once; wait a little.",
  });
  expect((await post(server.url, withToken("another"))).status).toBe(200);
});

it("counts each call of a batch", async () => {
  await start(...PASS, "--rate-limit", "1");
  const batch = (size: number) => times(size, (index) => getRun(`r${index}`, index + 1));
  expect((await post(server.url, withToken("one"), batch(31))).status).toBe(429);
  expect((await post(server.url, withToken("one"), batch(20))).status).toBe(200);
  expect((await post(server.url, withToken("one"), batch(20))).status).toBe(429);
  expect(plane.count("getActionDetails")).toBe(20);
});

it("limits by what the settings say, or not at all", async () => {
  await start(...PASS, "--rate-limit", "1", "--rate-burst", "2");
  const asked = () => post(server.url, withToken("one"));
  expect([(await asked()).status, (await asked()).status]).toEqual([200, 200]);
  const third = await asked();
  expect([third.status, Number(third.headers["retry-after"]) > 55]).toEqual([429, true]);
  await server.stop();
  plane.close();
  await start(...PASS, "--rate-limit", "0", "--concurrent-calls-per-caller", "0");
  expect(new Set(await statusesOf(times(60, asked)))).toEqual(new Set([200]));
});

it("limits by address where it asks nobody, and not at all a person on this machine", async () => {
  const few = ["--rate-limit", "1", "--rate-burst", "2"];
  await start("--auth", "none", "--allowed-hosts", "mcp.example.com", ...few);
  const statuses = await statusesOf(times(3, (index) => post(server.url, withToken(`made-up-${index}`))));
  expect(statuses.sort()).toEqual([200, 200, 429]);
  await server.stop();
  plane.close();
  await start(...few);
  expect(await statusesOf(times(3, () => post(server.url)))).toEqual([200, 200, 200]);
});

async function holdCalls(count: number, token = "one") {
  const before = plane.held();
  plane.hold();
  const calls = times(count, (index) => post(server.url, withToken(token), getRun(`held-${index}`)));
  while (plane.held() < before + count) await new Promise((resolve) => setTimeout(resolve, 10));
  return calls;
}

it("caps the calls under way of one credential, and takes more when they have ended", async () => {
  await start(...PASS, "--concurrent-calls-per-caller", "2");
  const calls = await holdCalls(2);
  const third = await post(server.url, withToken("one"));
  expect([third.status, third.headers["retry-after"]]).toEqual([429, "1"]);
  expect(third.body).toContain("has 2 calls under way");
  expect((await post(server.url, withToken("another"))).status).toBe(200);
  plane.letGo();
  expect(await statusesOf(calls)).toEqual([200, 200]);
  expect((await post(server.url, withToken("one"))).status).toBe(200);
});

it("caps the calls under way of all", async () => {
  await start(...PASS, "--concurrent-calls", "2");
  const calls = await holdCalls(2);
  const third = await post(server.url, withToken("another"));
  expect([third.status, third.headers["retry-after"]]).toEqual([503, "1"]);
  expect(third.body).toContain("as many calls under way as it takes");
  plane.letGo();
  expect(await statusesOf(calls)).toEqual([200, 200]);
  expect((await post(server.url, withToken("another"))).status).toBe(200);
});
