import { setTimeout as sleep } from "node:timers/promises";
import { startHttp } from "../built-apps.ts";
import type { HttpServer } from "../built-apps.ts";
import { playPlane } from "./play-plane.ts";
import type { PlayedPlane } from "./play-plane.ts";
import { getRun, post, send, withToken } from "./post.ts";

const OWN = "canary-servers-own-token";
const GOOD = "canary-good-caller";
const jwt = (exp: number) =>
  `${["{}", JSON.stringify({ exp })].map((part) => Buffer.from(part).toString("base64url")).join(".")}.canary-signature`;

let good: Set<string>;
let plane: PlayedPlane;
let server: HttpServer;

async function start(args: string[] = ["--auth", "passthrough"], hasIdentity = true) {
  good = new Set([GOOD, OWN]);
  const accepts = (authorization: string | null) => good.has((authorization ?? "").replace("Bearer ", ""));
  plane = await playPlane({ accepts, hasIdentity });
  server = await startHttp([...plane.where, ...args], { FLYTE_ACCESS_TOKEN: OWN });
}

afterEach(async () => {
  await server.stop();
  plane.close();
  // Neither what callers sent nor what the server holds.
  expect(server.stderr()).not.toContain("canary");
});

it.each<[string, Record<string, string | string[]>, number, string]>([
  ["no credential", {}, 401, "A credential for Flyte is needed"],
  ["an empty one", { authorization: "Bearer " }, 401, "A credential for Flyte is needed"],
  ["a wrong one", withToken("canary-wrong"), 401, "it is wrong or expired"],
  ["one that has expired", withToken(jwt(1_700_000_000)), 401, "it is wrong or expired"],
  ["another scheme", { authorization: "Basic Y2FuYXJ5OnB3" }, 401, "must be of the scheme Bearer"],
  ["two in one header", withToken(`${GOOD}, Bearer canary-2`), 400, "must be Bearer and one token"],
  ["two joined by a comma", withToken(`${GOOD},canary-2`), 400, "must be Bearer and one token"],
  [
    "two headers",
    { authorization: [`Bearer ${GOOD}`, "Bearer canary-2"] },
    400,
    "more than one authorization",
  ],
  ["a large one", withToken(`canary${"x".repeat(17_000)}`), 431, "larger than 16 KiB"],
  ["an oversized one", withToken(`canary${"x".repeat(40_000)}`), 431, "larger than 32 KiB"],
  ["one from a browser's cookie", { cookie: `session=${GOOD}` }, 401, "A credential for Flyte is needed"],
])("refuses %s", async (_what, headers, status, sentence) => {
  await start();
  const reply = await post(server.url, headers);
  expect(reply.status).toBe(status);
  const { error } = JSON.parse(reply.body) as { error: string };
  expect(error).toContain(sentence);
  expect(error).toMatch(/^[^.]+(\.[^ ]|[^.])*\.$/);
  expect(JSON.stringify(reply)).not.toContain("canary");
  const challenge = reply.headers["www-authenticate"];
  const isWrong = headers["authorization"]?.includes("canary-wrong") || sentence.includes("expired");
  expect(challenge).toBe(status === 401 ? `Bearer${isWrong ? ' error="invalid_token"' : ""}` : undefined);
  expect(plane.count("userInfo")).toBe(0);
});

it("takes no credential from the address", async () => {
  await start();
  const reply = await send(`${server.url}?access_token=${GOOD}`, "POST", {});
  expect(reply.status).toBe(400);
  expect(reply.body).toContain("send it as the Authorization header");
});

it("asks Flyte once about a credential, also when many calls come at once", async () => {
  await start();
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, index) => post(server.url, withToken(GOOD), getRun(`r${index}`))),
  );
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
  expect([plane.count("userInfo"), plane.count("getActionDetails")]).toEqual([1, 20]);
  expect(new Set(plane.seen.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${GOOD}`]));
});

it("asks again when the time is over", async () => {
  await start(["--auth", "passthrough", "--verify-for", "1"]);
  expect((await post(server.url, withToken(GOOD))).status).toBe(200);
  good.delete(GOOD);
  await sleep(1_100);
  expect((await post(server.url, withToken(GOOD))).status).toBe(401);
});

it("refuses a JWT that has ended, and does not ask Flyte, which may only read the name in it", async () => {
  await start();
  const token = jwt(1_700_000_000);
  good.add(token);
  expect((await post(server.url, withToken(token))).status).toBe(401);
  expect(plane.count("userInfo")).toBe(0);
});

it("does not trust a token beyond its own end", async () => {
  await start();
  const token = jwt(Date.now() / 1000 + 1);
  good.add(token);
  expect((await post(server.url, withToken(token))).status).toBe(200);
  good.delete(token);
  await sleep(1_100);
  expect((await post(server.url, withToken(token))).status).toBe(401);
});

it.each([true, false])(
  "turns a refused call into a 401 for the next request (plane knows identities: %s)",
  async (hasIdentity) => {
    await start(undefined, hasIdentity);
    expect((await post(server.url, withToken(GOOD), getRun("before"))).body).not.toContain("isError");
    good.delete(GOOD);
    const refused = await post(server.url, withToken(GOOD), getRun("after"));
    expect(refused.body).toContain("Flyte did not accept the credentials");
    expect(refused.body).not.toContain("canary");
    const next = await post(server.url, withToken(GOOD));
    expect(next.status).toBe(401);
    expect(next.headers["www-authenticate"]).toContain('error="invalid_token"');
  },
);

it("leaves a credential to the first call where Flyte knows no identities", async () => {
  await start(undefined, false);
  expect((await post(server.url, withToken("canary-wrong"))).status).toBe(200);
  expect((await post(server.url, withToken("canary-wrong"), getRun("r"))).body).toContain("did not accept");
  expect((await post(server.url, withToken("canary-wrong"))).status).toBe(401);
});

it("serves nobody while Flyte cannot be asked", async () => {
  await start();
  plane.close();
  const { status, headers, body } = await post(server.url, withToken(GOOD));
  expect([status, headers["retry-after"]]).toEqual([503, "5"]);
  expect(body).toContain("Flyte cannot be asked");
});

it("forwards cookies where asked to, and only from pages that may call", async () => {
  const pages = ["--forward-cookie", "--allowed-origins", "https://flyte.example"];
  await start(pages);
  const cookie = `session=${GOOD}`;
  expect((await post(server.url, { ...withToken(GOOD), cookie })).status).toBe(403);
  const foreign = { ...withToken(GOOD), cookie, origin: "https://evil.example" };
  expect((await post(server.url, foreign)).status).toBe(403);
  const own = { ...withToken(GOOD), cookie, origin: "https://flyte.example" };
  expect((await post(server.url, own, getRun("r"))).status).toBe(200);
  expect(plane.seen.at(-1)).toMatchObject({ run: "r", cookie, authorization: `Bearer ${GOOD}` });
});

it("is what holds behind a proxy when nothing is said", async () => {
  await start(["--allowed-hosts", "mcp.example.com"]);
  expect((await post(server.url)).status).toBe(401);
  expect((await post(server.url, withToken(GOOD))).status).toBe(200);
  expect(server.stderr()).toContain("Callers need a credential for Flyte");
});

it("lends the server's own credential on this machine alone, and checks one that is given there", async () => {
  await start([]);
  expect((await post(server.url, {}, getRun("own"))).status).toBe(200);
  expect(plane.seen.at(-1)).toMatchObject({ run: "own", authorization: `Bearer ${OWN}` });
  expect((await post(server.url, withToken("canary-wrong"))).status).toBe(401);
});
