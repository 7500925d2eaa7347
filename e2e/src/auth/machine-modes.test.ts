import { createServer } from "node:http";
import type { Server } from "node:http";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@connectrpc/connect";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { startSandbox } from "@flyte-mcp/sandbox";
import { CLIENT, leaks, newFolder, openPlane, openServer } from "./open-plane.ts";
import type { Plane } from "./open-plane.ts";

const open: { close(): unknown }[] = [];
const plane = async (...options: Parameters<typeof openPlane>) => {
  const opened: Plane = await openPlane(...options);
  open.push(opened);
  return opened;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

/** What asks a plane's issuer for a token, as an operator's own command would. */
const commandFor = ({ url }: Plane) => {
  const basic = Buffer.from(
    `${CLIENT.clientId}:${new URLSearchParams({ "": CLIENT.clientSecret }).toString().slice(1)}`,
  );
  const script = `fetch("${url}/oauth2/token", { method: "POST", body: new URLSearchParams({ grant_type: "client_credentials" }),
    headers: { authorization: "Basic ${basic.toString("base64")}" } }).then((r) => r.json()).then((t) => console.log(t.access_token))`;
  return [process.execPath, "-e", script];
};

const keyFor = ({ url }: Plane) =>
  Buffer.from(`${url}:${CLIENT.clientId}:${CLIENT.clientSecret}:acme`).toString("base64");

describe.each([
  ["a client secret", () => CLIENT],
  ["an API key", (at: Plane) => ({ apiKey: keyFor(at) })],
  ["a command", (at: Plane) => ({ authCommand: commandFor(at) })],
])("%s", (_what, valuesFor) => {
  it("logs in before the first call, once for 100 calls at once", async () => {
    const at = await plane(CLIENT);
    const { answer } = await openServer(at, valuesFor(at));
    await Promise.all(Array.from({ length: 100 }, () => answer("list_runs")));
    expect(at.grants()).toEqual(["client_credentials"]);
    expect(at.count("ListRuns")).toBe(100);
  });

  it("logs in again when the token is out of date, before it is refused", async () => {
    const at = await plane({ ...CLIENT, tokenAgeS: 2 });
    const { answer } = await openServer(at, valuesFor(at));
    await answer("list_runs");
    await sleep(2_100);
    await Promise.all([answer("list_runs"), answer("list_runs")]);
    expect(at.grants()).toEqual(["client_credentials", "client_credentials"]);
    expect(at.count("ListRuns")).toBe(3);
  });

  it("logs in again, once for all, when the plane refuses a token before its time", async () => {
    const at = await plane(CLIENT);
    const { answer } = await openServer(at, valuesFor(at));
    await answer("list_runs");
    at.revokeTokens();
    await Promise.all(Array.from({ length: 20 }, () => answer("list_runs")));
    expect(at.grants()).toEqual(["client_credentials", "client_credentials"]);
  });

  it("does so after a redirect to a login page too, and for a header of the plane's own", async () => {
    const at = await plane({ ...CLIENT, refusal: "redirect", metadataKey: "flyte-authorization" });
    const { answer } = await openServer(at, valuesFor(at));
    await answer("list_runs");
    at.revokeTokens();
    await answer("list_runs");
    expect(at.grants()).toHaveLength(2);
  });

  it("is in no answer, and hidden from then on", async () => {
    const at = await plane({ ...CLIENT, tokenAgeS: -1 });
    const { failure, flyte } = await openServer(at, valuesFor(at));
    const said = await failure("list_runs");
    expect(said).toMatch(/^Flyte did not accept the credentials: they are missing, wrong or expired\./);
    expect(leaks(said)).toBe(false);
    expect(flyte.secrets.some((secret) => secret.startsWith("eyJ"))).toBe(true);
  });
});

it("opens a stream once more with a new token, and passes its own errors on", async () => {
  const at = await plane(CLIENT);
  const { flyte } = await openServer(at, CLIENT);
  const runs = createClient(RunService, flyte.transport);
  const watch = async () => {
    for await (const _ of runs.watchRunDetails({ runId: { project: "p", domain: "d", name: "none" } }));
  };
  await expect(watch()).rejects.toThrow("[not_found]");
  at.revokeTokens();
  await expect(watch()).rejects.toThrow("[not_found]");
  expect(at.grants()).toHaveLength(2);
});

it("names the login server and its reason when it refuses a secret, and nothing of either side", async () => {
  const at = await plane(CLIENT);
  const { failure, flyte } = await openServer(at, { ...CLIENT, clientSecret: "canary-wrong-secret" });
  const said = await failure("list_runs");
  expect(said).toBe(
    `The login server ${new URL(at.url).host} refuses the client id and secret: invalid_client. Check how this server logs in: ` +
      "client id and secret or API key, auth type, scopes and audience. [unauthenticated]",
  );
  expect(flyte.secrets).toContain("canary-wrong-secret");
});

it("asks a plane without a login of its own for nothing but the call", async () => {
  const { url, sandbox, close } = await startSandbox();
  open.push({ close });
  const at = { url } as Plane;
  await (await openServer(at)).answer("list_runs");
  const calls = () => sandbox.calls().map(({ procedure }) => procedure.replace(/.*\//, ""));
  expect(calls()).toEqual(["ListRuns"]);
  await (await openServer(at, CLIENT)).answer("list_runs");
  expect(calls().toSorted()).toEqual(["GetOAuth2Metadata", "GetPublicClientConfig", "ListRuns", "ListRuns"]);
});

it("reads a token file at every call", async () => {
  const at = await plane(CLIENT);
  const path = join(newFolder(), "token");
  const { answer, failure } = await openServer(at, { accessTokenFile: path });
  expect(await failure("list_runs")).toMatch(/^The access token file \S+ cannot be read \(ENOENT\)\./);
  const put = async () => {
    const body = new URLSearchParams({ grant_type: "client_credentials" });
    const secret = new URLSearchParams({ "": CLIENT.clientSecret }).toString().slice(1);
    const authorization = `Basic ${Buffer.from(`${CLIENT.clientId}:${secret}`).toString("base64")}`;
    const reply = await fetch(`${at.url}/oauth2/token`, { method: "POST", body, headers: { authorization } });
    writeFileSync(`${path}.new`, `${((await reply.json()) as { access_token: string }).access_token}\n`);
    renameSync(`${path}.new`, path);
  };
  await put();
  await answer("list_runs");
  at.revokeTokens();
  expect(await failure("list_runs")).toContain("Flyte did not accept the credentials");
  await put();
  await answer("list_runs");
});

it.each([
  ["http://login.example.com/token", "on login.example.com, is not https; credentials do not go there."],
  [
    "https://evil.example.net/token",
    "on evil.example.net, which is not on this server's list of token endpoints.",
  ],
  ["https://user:pass@login.example.com/token", "has a user name in it."],
  ["no address", "is not an address."],
])("takes no secret to %s", async (tokenEndpoint, reason) => {
  const at = await plane({ ...CLIENT, tokenEndpoint });
  const { failure } = await openServer(at, { ...CLIENT, allowedTokenEndpointSuffixes: [".example.com"] });
  expect(await failure("list_runs")).toContain(reason);
});

describe("a token endpoint of its own", () => {
  async function playEndpoint(status: number, headers: Record<string, string>, body: string) {
    const seen: { url: string; authorization: string; form: string }[] = [];
    const server: Server = createServer(async (request, response) => {
      let form = "";
      for await (const chunk of request as AsyncIterable<Buffer>) form += chunk.toString();
      seen.push({ url: request.url ?? "", authorization: request.headers.authorization ?? "", form });
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address() as { port: number };
    open.push({ close: () => server.close() });
    return { seen, at: `http://127.0.0.1:${address.port}` };
  }

  it.each([
    [302, { location: "/elsewhere" }, "", "HTTP 302, a redirect that is not followed."],
    [200, { "content-type": "text/html" }, "<p>canary</p>", "a page in place of a token."],
    [500, {}, "canary-trace", "HTTP 500."],
    [400, {}, '{"error":"<canary script>"}', "HTTP 400."],
  ])("is told by its answer: %d", async (status, headers, body, text) => {
    const { at, seen } = await playEndpoint(status, headers, body);
    const { failure } = await openServer(await plane({ ...CLIENT, tokenEndpoint: `${at}/token` }), CLIENT);
    const said = await failure("list_runs");
    expect(said).toContain(`The login server ${new URL(at).host} answers ${text}`);
    expect(leaks(said)).toBe(false);
    expect(seen.map(({ url }) => url)).toEqual(["/token"]);
  });

  it("is asked in the words of the flyte tools, with the settings' scopes and audience first", async () => {
    const { at, seen } = await playEndpoint(200, {}, '{"access_token":"t","expires_in":"60"}');
    const opened = await plane({ ...CLIENT, tokenEndpoint: `${at}/token` });
    const secret = { clientId: "i:d", clientSecret: "a b+c%" };
    await (await openServer(opened, secret)).failure("list_runs");
    await (
      await openServer(opened, { ...secret, scopes: ["one", "two"], audience: "flyte" })
    ).failure("list_runs");
    const authorization = `Basic ${Buffer.from("i:d:a+b%2Bc%25").toString("base64")}`;
    expect(new Set(seen.map((request) => request.authorization))).toEqual(new Set([authorization]));
    expect(new Set(seen.map(({ form }) => form))).toEqual(
      new Set([
        "grant_type=client_credentials&scope=all",
        "grant_type=client_credentials&scope=one+two&audience=flyte",
      ]),
    );
  });
});
