import { startHttp } from "../built-apps.ts";
import { playPlane } from "./play-plane.ts";
import { getRun, post, withToken } from "./post.ts";

const CALLERS = 50;
const CALLS = 20;

it("never mixes callers: 1,000 calls under way at once reach Flyte with their own header each", async () => {
  const plane = await playPlane({});
  const server = await startHttp([...plane.where, "--auth", "passthrough"]);
  plane.hold();
  const calls = Array.from({ length: CALLERS * CALLS }, async (_, index) => {
    const [caller, turn] = [index % CALLERS, Math.floor(index / CALLERS)];
    const reply = await post(server.url, withToken(`canary-caller-${caller}`), getRun(`c${caller}-${turn}`));
    return { ...reply, own: `c${caller}-${turn}` };
  });
  while (plane.held() < CALLERS * CALLS) await new Promise((resolve) => setTimeout(resolve, 10));
  plane.letGo();
  const replies = await Promise.all(calls);
  for (const { status, body, own } of replies) {
    expect(status).toBe(200);
    // Each is answered what it asked for, too.
    expect(/"name":"(c\d+-\d+)"/.exec(body.replaceAll("\\", ""))?.[1]).toBe(own);
  }
  const made = plane.seen.filter(({ rpc }) => rpc === "getActionDetails");
  expect(made).toHaveLength(CALLERS * CALLS);
  for (const { run, authorization } of made) {
    expect(authorization).toBe(`Bearer canary-caller-${/^c(\d+)-/.exec(run)?.[1]}`);
  }
  expect(plane.count("userInfo")).toBe(CALLERS);
  await server.stop();
  plane.close();
  expect(server.stderr()).not.toContain("canary");
});
