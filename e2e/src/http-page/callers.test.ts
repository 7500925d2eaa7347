import { startHttp } from "../built-apps.ts";
import { getPage, textOf } from "./get-page.ts";

// Nothing of it may be on a page that anybody can read, nor where Flyte is.
const PLANE = ["--endpoint", "https://canary-plane.example", "--project", "canary-project"];
const OWN = { FLYTE_ACCESS_TOKEN: "canary-servers-own-token" };
const LOGIN = { FLYTE_CLIENT_ID: "canary-client", FLYTE_CLIENT_SECRET: "canary-client-secret" };
const CALLER = { authorization: "Bearer canary-caller", cookie: "session=canary-cookie" };
const OUT = ["--allowed-hosts", "mcp.example.com"];
const JWT = ["--auth", "jwt", "--jwt-audience", "canary-audience", "--jwt-scopes", "canary-scope"];
const HIDDEN_USER = "https://canary-user:canary-pw@login.example.com/canary-realm";

type Case = [args: string[], env: Record<string, string>, sentence: string, how: string];

it.each<Case>([
  [
    [],
    OWN,
    "Anybody on the server's own machine; a credential for Flyte is passed on",
    "No credential is needed.",
  ],
  [
    OUT,
    OWN,
    "Whoever has a token or an API key for Flyte",
    "Where Flyte has a login, clients that speak OAuth log in",
  ],
  [
    [...OUT, ...JWT, "--jwt-issuer", HIDDEN_USER],
    LOGIN,
    "Whoever has a token of login.example.com for this server.",
    "Clients that speak OAuth log in by themselves",
  ],
  [
    [...OUT, "--auth", "shared-secret"],
    { ...OWN, FLYTE_MCP_SHARED_SECRET: "canary-shared-secret-0123" },
    "Whoever has the shared secret of this server.",
    "Clients send the secret as the header Authorization: Bearer",
  ],
  [["--auth", "none"], OWN, "Anybody on the server's own machine.", "No credential is needed."],
  [
    [...OUT, "--auth", "none"],
    OWN,
    "Anybody, without a credential, so only reading is offered.",
    "No credential is needed.",
  ],
])("with %j says who may call, and no secret", async (args, env, sentence, how) => {
  const server = await startHttp([...PLANE, ...args], env);
  const { status, headers, body } = await getPage(server.url, CALLER);
  await server.stop();
  expect(status).toBe(200);
  const text = textOf(body);
  expect(text).toContain(sentence);
  expect(text).toContain(how);
  expect(text).toContain("Flyte A Flyte 2 control plane.");
  expect(body + JSON.stringify(headers)).not.toContain("canary");
});

it("offers only reading to anybody who comes from elsewhere", async () => {
  const server = await startHttp([...PLANE, ...OUT, "--auth", "none"], OWN);
  const { body } = await getPage(server.url);
  await server.stop();
  expect(textOf(body)).toContain("Read-only: no tool can change anything in Flyte.");
  expect(body).not.toContain("run_task");
});

it("says that no Flyte is configured", async () => {
  const server = await startHttp([]);
  const { body } = await getPage(server.url);
  await server.stop();
  expect(textOf(body)).toContain("None is configured yet");
});
