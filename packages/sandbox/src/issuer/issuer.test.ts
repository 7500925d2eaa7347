import { createHash } from "node:crypto";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import { IdentityService } from "@flyte-mcp/idl/auth/identity";
import { startSandbox } from "../start.ts";
import type { SandboxServer } from "../start.ts";
import type { LoginOptions } from "./login-options.ts";

let server: SandboxServer;
const start = async (login: LoginOptions = {}) => {
  server = await startSandbox({ history: false, login });
  return createConnectTransport({ baseUrl: server.url, httpVersion: "1.1" });
};
afterEach(() => server.close());

async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields);
  const response = await fetch(`${server.url}/oauth2/${path}`, {
    method: "POST",
    body,
    headers,
    redirect: "manual",
  });
  const text = await response.text();
  const json = text.startsWith("{") ? (JSON.parse(text) as Record<string, string>) : {};
  return { status: response.status, json, text, location: response.headers.get("location") ?? "" };
}

const basic = (secret: string) => ({
  authorization: `Basic ${Buffer.from(`flyte-mcp:${secret}`).toString("base64")}`,
});
const VERIFIER = "v".repeat(50);
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const REDIRECT = "http://localhost:53593/callback";

/** A code that a person has approved. */
async function approve(extra: Record<string, string> = {}) {
  const query = new URLSearchParams({
    client_id: "flyte-mcp",
    redirect_uri: REDIRECT,
    response_type: "code",
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    state: "s1",
    ...extra,
  });
  const page = await fetch(`${server.url}/oauth2/authorize?${query}`);
  const request = /name="request" value="([^"]+)"/.exec(await page.text())?.[1];
  if (request === undefined) return undefined;
  return new URL((await post("authorize", { request, decision: "approve" })).location);
}

const redeem = (code: string, extra: Record<string, string> = {}) =>
  post("token", {
    grant_type: "authorization_code",
    client_id: "flyte-mcp",
    redirect_uri: REDIRECT,
    code,
    code_verifier: VERIFIER,
    ...extra,
  });

describe("a sandbox with a login", () => {
  it("says how to log in to anybody, and lets in who has a token, as its identity", async () => {
    const transport = await start({ clientSecret: "s", metadataKey: "flyte-authorization" });
    const metadata = createClient(AuthMetadataService, transport);
    expect(await metadata.getOAuth2Metadata({})).toMatchObject({
      tokenEndpoint: `${server.url}/oauth2/token`,
      authorizationEndpoint: `${server.url}/oauth2/authorize`,
      deviceAuthorizationEndpoint: `${server.url}/oauth2/device_authorization`,
    });
    expect(await metadata.getPublicClientConfig({})).toMatchObject({
      clientId: "flyte-mcp",
      redirectUri: REDIRECT,
      authorizationMetadataKey: "flyte-authorization",
    });
    const identity = createClient(IdentityService, transport);
    await expect(identity.userInfo({})).rejects.toThrow(
      "[unauthenticated] token is missing, unknown or expired",
    );
    const { json } = await post("token", { grant_type: "client_credentials" }, basic("s"));
    const authorization = `Bearer ${json["access_token"]}`;
    const headers = { authorization, "flyte-authorization": authorization };
    expect(await identity.userInfo({}, { headers })).toMatchObject({ subject: "robot" });
    await expect(identity.userInfo({}, { headers: { authorization } })).rejects.toThrow("[unauthenticated]");
    server.sandbox.revokeTokens();
    await expect(identity.userInfo({}, { headers })).rejects.toThrow("[unauthenticated]");
    expect(server.sandbox.calls()).toContainEqual({ procedure: "issuer/client_credentials" });
  });

  it("gives a client a token for its secret alone", async () => {
    await start({ clientSecret: "s" });
    for (const headers of [basic("wrong"), {}]) {
      const { status, json } = await post("token", { grant_type: "client_credentials" }, headers);
      expect([status, json["error"]]).toEqual([401, "invalid_client"]);
    }
  });

  it("redeems a code once, for the verifier and the address that it was asked with", async () => {
    await start();
    const codes = await Promise.all([approve(), approve(), approve()]);
    expect(codes[0]?.searchParams.get("state")).toBe("s1");
    const [first, second, third] = codes.map((url) => url?.searchParams.get("code") ?? "");
    const { status, json } = await redeem(first!);
    expect([status, typeof json["refresh_token"]]).toEqual([200, "string"]);
    for (const refused of [
      await redeem(first!),
      await redeem(second!, { code_verifier: "w".repeat(50) }),
      await redeem(third!, { redirect_uri: "http://localhost:1/callback" }),
    ]) {
      expect([refused.status, refused.json["error"]]).toEqual([400, "invalid_grant"]);
    }
  });

  it.each<Record<string, string>>([
    { code_challenge_method: "plain" },
    { client_id: "other" },
    { redirect_uri: "http://evil.test/" },
  ])("shows no form for %j", async (extra) => {
    await start();
    expect(await approve(extra)).toBeUndefined();
  });

  it("ends a refresh token by its use, or keeps it", async () => {
    await start();
    const refresh = (token: string) =>
      post("token", { grant_type: "refresh_token", client_id: "flyte-mcp", refresh_token: token });
    const { json } = await redeem((await approve())?.searchParams.get("code") ?? "");
    const next = await refresh(json["refresh_token"]!);
    expect(next.json["refresh_token"]).not.toBe(json["refresh_token"]);
    expect((await refresh(json["refresh_token"]!)).json["error"]).toBe("invalid_grant");
  });

  it("gives a device its token when a person has entered its code", async () => {
    await start();
    const { json } = await post("device_authorization", { client_id: "flyte-mcp" });
    const fields = {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      client_id: "flyte-mcp",
      device_code: json["device_code"]!,
    };
    expect((await post("token", fields)).json["error"]).toBe("authorization_pending");
    expect((await post("device", { user_code: "NONE-SUCH", decision: "approve" })).status).toBe(400);
    await post("device", { user_code: json["user_code"]!, decision: "approve" });
    expect((await post("token", fields)).status).toBe(200);
  });

  it.each([
    ["redirect" as const, 302, "/oauth2/login"],
    ["html" as const, 200, null],
  ])("turns calls away as a login proxy does: %s", async (refusal, status, location) => {
    await start({ refusal });
    const response = await fetch(`${server.url}/flyteidl2.auth.IdentityService/UserInfo`, {
      method: "POST",
      redirect: "manual",
    });
    expect([response.status, response.headers.get("location")]).toEqual([status, location]);
  });
});

it("has no login without being told to", async () => {
  server = await startSandbox({ history: false });
  expect((await fetch(`${server.url}/oauth2/login`)).status).toBe(404);
});
