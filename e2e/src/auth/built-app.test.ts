import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { cleanEnv, runToEnd, startHttp, STDIO } from "../built-apps.ts";
import { connectHttp } from "../sdk-client.ts";
import { CLIENT, leaks, newFolder, openPlane } from "./open-plane.ts";
import type { Plane } from "./open-plane.ts";
import { addressIn, codeIn, walkDevice } from "./walk.ts";

let plane: Plane;
beforeEach(async () => (plane = await openPlane({ ...CLIENT, tokenAgeS: 2 })));
afterEach(() => plane.close());

/** The built stdio server, all that it writes, and its home. */
async function launch(env: Record<string, string>) {
  const home = newFolder();
  const args = [STDIO, "--endpoint", plane.url, "--project", "flytesnacks", "--domain", "development"];
  const transport = new StdioClientTransport({
    command: process.execPath,
    args,
    env: { ...cleanEnv(env), HOME: home },
    cwd: tmpdir(),
    stderr: "pipe",
  });
  const seen = { stderr: "", odd: [] as Error[] };
  transport.stderr?.on("data", (chunk: Buffer) => (seen.stderr += chunk.toString()));
  const client = new Client({ name: "e2e", version: "0.0.0" });
  await client.connect(transport);
  // A line on stdout that is no message of the protocol comes as an error.
  client.onerror = (error) => seen.odd.push(error);
  const call = async () => (await client.callTool({ name: "list_runs", arguments: {} })) as CallToolResult;
  return { call, seen, tokens: join(home, ".flyte", "mcp", "tokens.json"), close: () => client.close() };
}

const BROWSER = fileURLToPath(new URL("scripted-browser.mjs", import.meta.url));

it("logs in by a browser that it opens, keeps the login, and shows nothing of it", async () => {
  const server = await launch({ BROWSER });
  const answers = [await server.call()];
  await sleep(2_100);
  answers.push(await server.call());
  expect(answers.map(({ isError }) => isError)).toEqual([undefined, undefined]);
  expect(plane.grants()).toEqual(["authorization_code", "refresh_token"]);
  expect(server.seen.stderr).toMatch(
    /^flyte-mcp: To log in to Flyte, open http:\/\/localhost:\d+\/login\/\w+ in a browser on this machine\.\nflyte-mcp: Logged in to Flyte\.\n$/,
  );
  expect(readFileSync(server.tokens, "utf8")).toContain("refresh-");
  expect(leaks(JSON.stringify(answers) + server.seen.stderr)).toBe(false);
  expect(server.seen.odd).toEqual([]);
  await server.close();
});

it("logs in by a device code that it prints while the call waits", async () => {
  const server = await launch({ FLYTE_AUTH_TYPE: "DeviceFlow", FLYTE_MCP_DISABLE_KEYRING: "true" });
  const answer = server.call();
  while (!server.seen.stderr.includes("code")) await sleep(20);
  const { stderr } = server.seen;
  await walkDevice(addressIn(stderr), codeIn(stderr));
  expect((await answer).isError).toBeUndefined();
  expect(existsSync(server.tokens)).toBe(false);
  expect(leaks(JSON.stringify(await answer) + server.seen.stderr)).toBe(false);
  expect(server.seen.odd).toEqual([]);
  await server.close();
});

it("logs in by a client's secret, with nobody there, over stdio and over HTTP", async () => {
  const env = { FLYTE_CLIENT_ID: CLIENT.clientId, FLYTE_CLIENT_SECRET: CLIENT.clientSecret };
  const server = await launch(env);
  const answer = await server.call();
  expect(answer.isError).toBeUndefined();
  expect(leaks(JSON.stringify(answer) + server.seen.stderr)).toBe(false);
  await server.close();
  const where = ["--endpoint", plane.url, "--project", "flytesnacks", "--domain", "development"];
  const http = await startHttp(where, env);
  const own = await connectHttp(http.url);
  await own.call("list_runs");
  const caller = connectHttp(http.url, { authorization: "Bearer somebody-else" });
  await expect(caller).rejects.toThrow("Flyte does not accept this credential");
  // Neither is a caller's refusal a reason for a login of ours.
  expect(plane.grants()).toEqual(["client_credentials", "client_credentials"]);
  await own.close();
  await http.stop();
  expect(leaks(http.stderr())).toBe(false);
});

it.each<[string, Record<string, string>, string]>([
  ["an auth type", { FLYTE_AUTH_TYPE: "kerberos" }, 'The auth type "kerberos" is not known;'],
  ["an API key", { FLYTE_API_KEY: "canary-key" }, "The API key cannot be read;"],
  [
    "a secret file",
    { FLYTE_CLIENT_ID: "x", FLYTE_ADMIN_CLIENTSECRETLOCATION: "/no/such/file" },
    "The client secret file /no/such/file cannot be read.",
  ],
])("refuses %s that is none, in one sentence", async (_what, env, text) => {
  const { code, stdout, stderr } = await runToEnd(STDIO, ["--endpoint", plane.url], { env });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`flyte-mcp: ${text}`);
  expect(leaks(stderr)).toBe(false);
});
