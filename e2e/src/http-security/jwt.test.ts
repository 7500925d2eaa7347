import { generateKeyPair, SignJWT } from "jose";
import { startHttp } from "../built-apps.ts";
import type { HttpServer } from "../built-apps.ts";
import { playIssuer } from "./play-issuer.ts";
import type { PlayedIssuer } from "./play-issuer.ts";
import { playPlane } from "./play-plane.ts";
import type { PlayedPlane } from "./play-plane.ts";
import { getRun, post, send, withToken } from "./post.ts";

const OWN = "canary-servers-own-token";
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

let issuer: PlayedIssuer;
let plane: PlayedPlane;
let server: HttpServer;

const start = (...more: string[]) =>
  startHttp([...plane.where, "--auth", "jwt", "--jwt-issuer", issuer.url, "--jwt-audience", "mcp", ...more], {
    FLYTE_ACCESS_TOKEN: OWN,
  });

beforeAll(async () => {
  issuer = await playIssuer();
  plane = await playPlane({});
  server = await start("--jwt-scopes", "flyte:use");
});
afterAll(async () => {
  await server.stop();
  plane.close();
  issuer.close();
  expect(server.stderr()).not.toMatch(/canary|eyJ/);
});

it.each([{ scope: "openid flyte:use" }, { scope: undefined, scp: ["flyte:use"] }, { scp: "flyte:use x" }])(
  "takes a token of the issuer with the scope as %o, and calls Flyte as itself",
  async (claims) => {
    const token = await issuer.sign(claims);
    expect((await post(server.url, withToken(token), getRun("by-jwt"))).status).toBe(200);
    expect(plane.seen.at(-1)).toMatchObject({ run: "by-jwt", authorization: `Bearer ${OWN}` });
  },
);

const good = { scope: "flyte:use" };

it.each<[string, () => Promise<string> | string, string]>([
  ["has expired", () => issuer.sign({ ...good, exp: seconds(-60) }), "The token has expired."],
  ["never ends", () => issuer.sign({ ...good, exp: undefined }), "The token has no end."],
  ["is not valid yet", () => issuer.sign({ ...good, nbf: seconds(90) }), "The token is not valid yet."],
  ["is for another", () => issuer.sign({ ...good, aud: "other" }), "The token is for another audience."],
  ["is for nobody", () => issuer.sign({ ...good, aud: undefined }), "The token is for another audience."],
  ["is of another issuer", () => issuer.sign({ ...good, iss: "https://x.example" }), "not of this server's"],
  ["was changed", async () => tamper(await issuer.sign(good)), "is not one that this server can trust."],
  ["is signed by another key", () => forge("ES256", "one"), "is not one that this server can trust."],
  ["names a key that is none", () => forge("ES256", "two"), "is not one that this server can trust."],
  ["is not signed", () => unsigned({ alg: "none" }), "is not one that this server can trust."],
  ["is signed by the public key as a secret", () => symmetric(), "is not one that this server can trust."],
  ["is no JWT", () => "canary-opaque", "is not one that this server can trust."],
])("refuses a token that %s", async (_what, make, sentence) => {
  const token = await make();
  const reply = await post(server.url, withToken(token));
  expect(reply.status).toBe(401);
  expect((JSON.parse(reply.body) as { error: string }).error).toContain(sentence);
  expect(reply.headers["www-authenticate"]).toMatch(
    /^Bearer error="invalid_token", scope="flyte:use", resource_/,
  );
  expect(JSON.stringify(reply)).not.toContain(token);
});

it("asks for the scope that is missing", async () => {
  const { status, headers, body } = await post(server.url, withToken(await issuer.sign({ scope: "openid" })));
  expect(status).toBe(403);
  expect(headers["www-authenticate"]).toMatch(/^Bearer error="insufficient_scope", scope="flyte:use", /);
  expect(JSON.parse(body)).toEqual({ error: "The token lacks the scope flyte:use." });
});

it("leads to the issuer", async () => {
  const refused = await post(server.url);
  expect(refused.status).toBe(401);
  const address = /resource_metadata="([^"]+)"/.exec(refused.headers["www-authenticate"] ?? "")?.[1] ?? "";
  const { body } = await send(address, "GET", {});
  expect(JSON.parse(body)).toMatchObject({
    authorization_servers: [issuer.url],
    scopes_supported: ["flyte:use"],
  });
});

it("fetches the keys once", () => {
  expect(issuer.asked.filter((route) => route === "GET /keys")).toEqual(["GET /keys"]);
});

it("says that it cannot have the keys, and why to who runs it", async () => {
  const token = await issuer.sign();
  const lost = await start("--jwt-jwks-url", `${issuer.url}/nowhere`);
  const { status, headers, body } = await post(lost.url, withToken(token));
  expect([status, headers["retry-after"]]).toEqual([503, "5"]);
  expect(body).toContain("cannot be had at the moment");
  await lost.stop();
  expect(lost.stderr()).toContain(`/nowhere answers with HTTP 404`);
  expect(lost.stderr()).not.toContain("eyJ");
});

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = () => ({ iss: issuer.url, aud: "mcp", exp: seconds(600), ...good });

function tamper(token: string): string {
  const [head, body = "", signature] = token.split(".");
  const changed = { ...(JSON.parse(Buffer.from(body, "base64url").toString()) as object), sub: "admin" };
  return [head, base64(changed), signature].join(".");
}

async function forge(alg: string, kid: string): Promise<string> {
  const { privateKey } = await generateKeyPair(alg);
  return new SignJWT(claims()).setProtectedHeader({ alg, kid }).sign(privateKey);
}

const unsigned = (header: object) => `${base64(header)}.${base64(claims())}.`;

function symmetric(): Promise<string> {
  const secret = new TextEncoder().encode(JSON.stringify(issuer.keys[0]));
  return new SignJWT(claims()).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(secret);
}
