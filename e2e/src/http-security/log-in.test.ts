import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import type { OAuthClientProvider } from "@modelcontextprotocol/sdk/client/auth.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { OAuthClientInformationMixed, OAuthTokens } from "@modelcontextprotocol/sdk/shared/auth.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { startHttp } from "../built-apps.ts";
import { playIssuer } from "./play-issuer.ts";
import type { PlayedIssuer } from "./play-issuer.ts";
import { playPlane } from "./play-plane.ts";
import { getRun, post, send, withToken } from "./post.ts";

let issuer: PlayedIssuer;
beforeEach(async () => (issuer = await playIssuer()));
afterEach(() => issuer.close());

const planeOf = (name: string | undefined) =>
  playPlane({
    issuer: name,
    accepts: (authorization) => issuer.tokens.has((authorization ?? "").replace("Bearer ", "")),
  });

const CALLBACK = "http://127.0.0.1:1/callback";

/** A client that knows nothing but the server's address, and a person who agrees to all. */
function createPerson() {
  const kept: { client?: OAuthClientInformationMixed; tokens?: OAuthTokens; verifier: string; code: string } =
    {
      verifier: "",
      code: "",
    };
  const provider: OAuthClientProvider = {
    redirectUrl: CALLBACK,
    clientMetadata: { redirect_uris: [CALLBACK], client_name: "a client" },
    clientInformation: () => kept.client,
    saveClientInformation: (client) => void (kept.client = client),
    tokens: () => kept.tokens,
    saveTokens: (tokens) => void (kept.tokens = tokens),
    saveCodeVerifier: (verifier) => void (kept.verifier = verifier),
    codeVerifier: () => kept.verifier,
    async redirectToAuthorization(url) {
      const { headers } = await fetch(url, { redirect: "manual" });
      kept.code = new URL(headers.get("location") ?? "").searchParams.get("code") ?? "";
    },
  };
  return { provider, kept };
}

it("leads a client without a token to log in by the metadata alone, and then serves it", async () => {
  const plane = await planeOf(issuer.url);
  const server = await startHttp([...plane.where, "--auth", "passthrough"]);
  const { provider, kept } = createPerson();
  const open = () => new StreamableHTTPClientTransport(new URL(server.url), { authProvider: provider });
  const first = open();
  const connecting = new Client({ name: "e2e", version: "0" }).connect(first as Transport);
  await expect(connecting).rejects.toThrow(UnauthorizedError);
  await first.finishAuth(kept.code);
  const client = new Client({ name: "e2e", version: "0" });
  await client.connect(open() as Transport);
  const answer = await client.callTool({ name: "get_run", arguments: { name: "after-login" } });
  expect(answer["isError"]).toBeUndefined();
  expect(plane.seen.at(-1)).toMatchObject({
    run: "after-login",
    authorization: `Bearer ${kept.tokens?.access_token}`,
  });
  expect(issuer.asked).toEqual(expect.arrayContaining(["POST /register", "GET /authorize", "POST /token"]));
  await client.close();
  await server.stop();
  plane.close();
  expect(server.stderr()).not.toContain("canary");
});

it("tells where to log in by RFC 9728, at the root and at the endpoint's path", async () => {
  const plane = await planeOf(issuer.url);
  const server = await startHttp([...plane.where, "--auth", "passthrough"]);
  const { origin, pathname } = new URL(server.url);
  const address = `${origin}/.well-known/oauth-protected-resource${pathname}`;
  const refused = await post(server.url);
  expect(refused.status).toBe(401);
  expect(refused.headers["www-authenticate"]).toBe(`Bearer scope="all", resource_metadata="${address}"`);
  const expected = {
    resource: server.url,
    authorization_servers: [issuer.url],
    scopes_supported: ["all"],
    bearer_methods_supported: ["header"],
    resource_name: "Flyte MCP",
  };
  for (const url of [address, `${origin}/.well-known/oauth-protected-resource`]) {
    const { status, headers, body } = await send(url, "GET", {});
    expect([status, headers["content-type"], headers["cache-control"]]).toEqual([
      200,
      "application/json",
      "no-store",
    ]);
    expect(JSON.parse(body)).toEqual(expected);
  }
  await server.stop();
  plane.close();
});

it("names the address that clients use: the given one, else that of the request", async () => {
  const plane = await planeOf(issuer.url);
  const hosts = ["--allowed-hosts", "mcp.example.com,tools.example.com"];
  const server = await startHttp([...plane.where, ...hosts]);
  const proxied = { host: "mcp.example.com", "x-forwarded-proto": "https" };
  expect((await post(server.url, proxied)).headers["www-authenticate"]).toContain(
    'resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/flyte-mcp/mcp"',
  );
  await server.stop();
  const given = await startHttp([
    ...plane.where,
    ...hosts,
    "--public-url",
    "https://tools.example.com/team/",
  ]);
  const address = "/.well-known/oauth-protected-resource/team/flyte-mcp/mcp";
  const reply = await post(given.url, { host: "mcp.example.com" });
  expect(reply.headers["www-authenticate"]).toContain(`"https://tools.example.com${address}"`);
  expect(reply.headers["strict-transport-security"]).toContain("max-age=");
  const { body } = await send(new URL(address, given.url).href, "GET", { host: "tools.example.com" });
  expect(JSON.parse(body)).toMatchObject({ resource: "https://tools.example.com/team/flyte-mcp/mcp" });
  await given.stop();
  plane.close();
});

it("promises no metadata where the plane has no login", async () => {
  const plane = await planeOf(undefined);
  const server = await startHttp([...plane.where, "--auth", "passthrough"]);
  expect((await post(server.url)).headers["www-authenticate"]).toBe("Bearer");
  const { status, body } = await send(
    new URL("/.well-known/oauth-protected-resource", server.url).href,
    "GET",
    {},
  );
  expect([status, body]).toEqual([404, '{"error":"No authorization server is known for this MCP server."}']);
  await server.stop();
  plane.close();
});

it("serves the metadata to nobody under a foreign name", async () => {
  const plane = await planeOf(issuer.url);
  const server = await startHttp([...plane.where, "--auth", "passthrough"]);
  const url = new URL("/.well-known/oauth-protected-resource", server.url).href;
  expect((await send(url, "GET", { host: "evil.example" })).status).toBe(403);
  issuer.tokens.add("canary-late");
  expect((await post(server.url, withToken("canary-late"), getRun("r"))).status).toBe(200);
  await server.stop();
  plane.close();
});
