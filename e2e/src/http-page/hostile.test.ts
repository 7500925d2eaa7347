import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHttp } from "../built-apps.ts";
import type { HttpServer } from "../built-apps.ts";
import { getPage, textOf } from "./get-page.ts";

const MARKUP = `</title><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;`;

/** A folder with an installed package whose group has markup in each of its texts. */
function installHostileGroup(): string {
  const cwd = mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-"));
  const folder = join(cwd, "node_modules", "hostile-group");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "hostile-group", version: "1.0.0", type: "module", exports: "./index.js" }),
  );
  const tool = { name: `peek${MARKUP}`, title: MARKUP, description: MARKUP, effect: "read" };
  const bare = { name: "bare_tool", title: 1, description: 2, effect: "read" };
  writeFileSync(
    join(folder, "index.js"),
    `const tools = ${JSON.stringify([tool, bare])}.map((tool) => ({ ...tool, input: {}, output: {}, run() {} }));
    export const hostile = { name: "hostile", description: ${JSON.stringify(MARKUP)}, tools };`,
  );
  return cwd;
}

it("shows markup in the texts of a group and in the title as text", async () => {
  const args = ["--sandbox", "--group", "hostile-group", "--title", MARKUP];
  const server = await startHttp(args, {}, installHostileGroup());
  const { status, body } = await getPage(server.url);
  await server.stop();
  expect(status).toBe(200);
  expect(body).not.toContain("<img");
  expect(body.match(/<script/g)).toHaveLength(1);
  expect(textOf(body)).toContain(`peek${MARKUP} ${MARKUP} read ${MARKUP} `);
  expect(textOf(body)).toContain("bare_tool");
});

describe("where any Host is accepted", () => {
  let server: HttpServer;
  beforeAll(async () => (server = await startHttp(["--sandbox", "--allowed-hosts", "*"])));
  afterAll(() => server.stop());

  it.each(["mcp_1.example.com", "[::1]:8080", "10.0.0.1"])("names the plain Host %s", async (host) => {
    const { status, body } = await getPage(server.url, { host });
    expect(status).toBe(200);
    expect(textOf(body)).toContain(`MCP endpoint http://${host}/flyte-mcp/mcp `);
  });

  it.each([
    `a"><script>alert(1)</script>`,
    "a'onclick=alert(1)",
    "$(reboot).example",
    "`reboot`.example",
    "a;reboot",
    "canary:canary@example.com",
    "example.com/path",
    "example.com?x",
  ])("makes no page and no command of the Host %j", async (host) => {
    const { status, body } = await getPage(server.url, { host });
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({
      status: 400,
      body: { error: "The Host header is not a plain host name." },
    });
  });
});

it("answers to foreign hosts only where they are allowed", async () => {
  const server = await startHttp(["--sandbox", "--allowed-hosts", "mcp.example.com"]);
  const foreign = await getPage(server.url, { host: "evil.example" });
  await server.stop();
  expect(foreign.status).toBe(403);
  expect(foreign.headers["content-type"]).toBe("application/json");
});
