import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { createLaunch } from "./launch.mjs";
import { checkHealth, createEnv, createSecret, findPort, openBench, start } from "./open-bench.mjs";

const bench = openBench();
afterAll(() => bench.remove());

async function listTools(transport) {
  const client = new Client({ name: "image", version: "0.0.0" });
  await client.connect(transport);
  const { tools } = await client.listTools();
  const { structuredContent } = await client.callTool({ name: "list_tasks", arguments: {} });
  await client.close();
  return [tools.map(({ name }) => name), JSON.stringify(structuredContent)];
}

const TOOLS = expect.arrayContaining(["list_tasks", "run_task", "get_run"]);

const describeHere = process.platform === "linux" ? describe : describe.skip;

describeHere("the image of http (skipped beside Linux, whose programs it holds)", () => {
  const secret = createSecret();
  let built;
  let env;
  let server;
  let url;

  beforeAll(async () => {
    built = bench.build("http");
    env = {
      FLYTE_MCP_PORT: String(await findPort()),
      FLYTE_MCP_ALLOWED_HOSTS: "mcp.example.com",
      FLYTE_MCP_AUTH: "shared-secret",
      FLYTE_MCP_SHARED_SECRET: secret,
      FLYTE_MCP_SANDBOX: "true",
    };
    server = start(built, env);
    url = (await server.ready).replace("0.0.0.0", "127.0.0.1");
  }, 600_000);
  afterAll(() => server?.child.kill("SIGKILL"));

  it("answers to an address other than its own loopback's, as the one who knocks at a container has", async () => {
    const answer = await fetch(`http://127.0.0.2:${env.FLYTE_MCP_PORT}/health`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: "healthy" }]);
  });

  it("is well by its own health check", () => {
    expect(checkHealth(built, env)).toBe(0);
  });

  it("lists and calls tools for who has the secret, and for nobody else", async () => {
    const headers = { authorization: `Bearer ${secret}` };
    const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
    expect(await listTools(transport)).toEqual([TOOLS, expect.stringContaining("seed.add")]);
    await expect(listTools(new StreamableHTTPClientTransport(new URL(url)))).rejects.toThrow(
      "shared secret is needed",
    );
  });

  it("runs as nobody who could write to it", () => {
    const uids = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"));
    expect(uids?.[1]).toBe(String(process.getuid() === 0 ? 65532 : process.getuid()));
    if (process.getuid() === 0) expect(statSync(join(built.root, "app")).uid).toBe(0);
  });

  it("holds what runs and its licences, and nothing that it was built of", () => {
    const paths = ["dist/main.js", "package.json", "LICENSE", "NOTICE", "dist/THIRD-PARTY-LICENSES.txt"];
    expect(paths.map((path) => existsSync(join(built.root, "app", path)))).toEqual(paths.map(() => true));
    expect(["node_modules", "src"].map((path) => existsSync(join(built.root, "app", path)))).toEqual([
      false,
      false,
    ]);
  });

  it("ends with 0 when it is told to, and is not well from then on", async () => {
    server.child.kill("SIGTERM");
    const { code, stderr } = await server.ended;
    expect([code, stderr.includes(secret)]).toEqual([0, false]);
    expect(checkHealth(built, env)).toBe(1);
  });

  it("does not start before it is told by which names it is called", async () => {
    const { code, stderr } = await start(built, {}).ended;
    expect([code, stderr]).toEqual([2, expect.stringContaining("needs --allowed-hosts")]);
  });
});

describeHere("the image of stdio (skipped beside Linux)", () => {
  it("lists and calls tools for the client that launches it", async () => {
    const built = bench.build("stdio");
    const { command, args } = createLaunch(built.image, built.root, built.image.entrypoint);
    const env = createEnv(built, { FLYTE_MCP_SANDBOX: "true" });
    const cwd = join(built.root, built.image.folder);
    const transport = new StdioClientTransport({ command, args, env, cwd, stderr: "ignore" });
    expect(await listTools(transport)).toEqual([TOOLS, expect.stringContaining("seed.add")]);
  }, 600_000);
});

it.each([
  ["a file that the build does not make", /apps\/http\/NOTICE/, "apps/http/NOTES", "does not make"],
  ["a build that fails", "nx run flyte-mcp-http:build", "nx run flyte-mcp-http:bild", "bild"],
])(
  "an image fails on %s",
  (_what, good, bad, sentence) => {
    const text = readFileSync(new URL("../../apps/http/Dockerfile", import.meta.url), "utf8");
    expect(() => bench.build("http", text.replace(good, bad))).toThrow(sentence);
  },
  600_000,
);
