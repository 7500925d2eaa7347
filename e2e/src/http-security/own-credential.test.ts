import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HTTP, runToEnd, startHttp } from "../built-apps.ts";
import { connectHttp } from "../sdk-client.ts";
import { playPlane } from "./play-plane.ts";
import type { PlayedPlane } from "./play-plane.ts";
import { getRun, post, withToken } from "./post.ts";

const OWN = "canary-servers-own-token";
const SECRETS = ["canary-shared-secret-1", "canary-shared-secret-2"] as const;

let plane: PlayedPlane;
beforeAll(async () => (plane = await playPlane({})));
afterAll(() => plane.close());

const file = (text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-")), "secret");
  writeFileSync(path, text);
  return path;
};

describe("a shared secret", () => {
  it.each([
    ["the variable", () => [], { FLYTE_MCP_SHARED_SECRET: SECRETS.join(",") }],
    ["a file", () => ["--shared-secret-file", file(`${SECRETS.join("\n")}\n`)], {}],
  ])("of %s lets in whoever has one, and calls Flyte as the server", async (_where, args, env) => {
    const server = await startHttp([...plane.where, "--auth", "shared-secret", ...args()], {
      ...env,
      FLYTE_ACCESS_TOKEN: OWN,
    });
    for (const secret of SECRETS) {
      expect((await post(server.url, withToken(secret), getRun(secret))).status).toBe(200);
      expect(plane.seen.at(-1)).toMatchObject({ run: secret, authorization: `Bearer ${OWN}` });
    }
    for (const headers of [
      {},
      withToken("canary-shared-secret-3"),
      withToken(SECRETS.join("")),
      withToken(OWN),
    ]) {
      const reply = await post(server.url, headers);
      expect(reply.status).toBe(401);
      expect(reply.headers["www-authenticate"]).toMatch(/^Bearer( error="invalid_token")?$/);
      expect(JSON.stringify(reply)).not.toContain("canary");
    }
    await server.stop();
    expect(server.stderr()).not.toContain("canary");
    expect(server.stderr()).toContain("Callers need the shared secret");
  });
});

describe("nobody asked", () => {
  it("offers only reading when it is said in so many words, and says so", async () => {
    const open = [...plane.where, "--auth", "none", "--allowed-hosts", "*"];
    const server = await startHttp(open, { FLYTE_ACCESS_TOKEN: OWN });
    const { client, call, close } = await connectHttp(server.url);
    const { tools } = await client.listTools();
    expect(tools.filter(({ annotations }) => !annotations?.readOnlyHint)).toEqual([]);
    expect(tools.length).toBeGreaterThan(10);
    await call("get_run", { name: "read" });
    expect(plane.seen.at(-1)).toMatchObject({ run: "read", authorization: `Bearer ${OWN}` });
    await expect(call("abort_run", { name: "read" })).rejects.toThrow("switched off on this server");
    await close();
    await server.stop();
    expect(server.stderr()).toContain("Anybody may call, so that only reading is offered");
  });

  it("offers all on this machine", async () => {
    const server = await startHttp([...plane.where, "--auth", "none"]);
    const { client, close } = await connectHttp(server.url);
    const { tools } = await client.listTools();
    expect(tools.some(({ name }) => name === "run_task")).toBe(true);
    await close();
    await server.stop();
  });
});

it.each<[string, string[], Record<string, string>, string]>([
  ["an open bind without hosts", ["--host", "0.0.0.0", "--auth", "none"], {}, "needs --allowed-hosts"],
  [
    "an unknown way",
    ["--auth", "oauth"],
    {},
    "--auth: must be one of passthrough, jwt, shared-secret, none.",
  ],
  [
    "hosts that came to nothing",
    [],
    { FLYTE_MCP_ALLOWED_HOSTS: "" },
    "FLYTE_MCP_ALLOWED_HOSTS is set but empty",
  ],
  ["an empty way", [], { FLYTE_MCP_AUTH: "" }, "FLYTE_MCP_AUTH is set but empty"],
  [
    "a secret that locks nothing",
    [],
    { FLYTE_MCP_SHARED_SECRET: SECRETS[0] },
    "without --auth shared-secret",
  ],
  ["a secret that is missing", ["--auth", "shared-secret"], {}, "needs FLYTE_MCP_SHARED_SECRET"],
  [
    "a secret that can be guessed",
    ["--auth", "shared-secret"],
    { FLYTE_MCP_SHARED_SECRET: `${SECRETS[0]},canary` },
    "16 characters or more",
  ],
  ["a secret as an option", ["--shared-secret", SECRETS[0]], {}, "Unknown option --shared-secret."],
  [
    "a file that is not there",
    ["--auth", "shared-secret", "--shared-secret-file", "/no"],
    {},
    "cannot be read",
  ],
  ["an issuer without tokens", ["--jwt-issuer", "https://x.example"], {}, "without --auth jwt"],
  ["tokens without an issuer", ["--auth", "jwt"], {}, "needs --jwt-issuer and --jwt-audience"],
  [
    "an issuer in clear text",
    ["--auth", "jwt", "--jwt-issuer", "http://x.example", "--jwt-audience", "a"],
    {},
    "--jwt-issuer must be an https address",
  ],
  ["cookies of any page", ["--forward-cookie"], {}, "needs --allowed-origins"],
  [
    "a public address that is none",
    ["--public-url", "mcp.example.com"],
    {},
    "--public-url must be an address",
  ],
])("does not start with %s", async (_what, args, env, sentence) => {
  const { code, stderr } = await runToEnd(HTTP, ["--port", "0", ...args], { env });
  expect(stderr).toContain(sentence);
  // The doctor says the same without a start.
  expect((await runToEnd(HTTP, ["doctor", ...args], { env })).stderr).toContain(sentence);
  expect(stderr).not.toContain("canary");
  expect(code).toBe(2);
});
