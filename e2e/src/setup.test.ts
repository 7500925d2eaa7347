import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { STDIO, cleanEnv, runToEnd } from "./built-apps.ts";

let home = "";
beforeEach(() => (home = mkdtempSync(join(tmpdir(), "flyte-mcp-setup-"))));
afterEach(() => rmSync(home, { recursive: true }));

const setup = (...args: string[]) => runToEnd(STDIO, ["setup", ...args], { env: { HOME: home } });
const read = (file: string) => readFileSync(join(home, file), "utf8");

function write(file: string, text: string): string {
  const path = join(home, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** The command line that stands in a client's file, as far as tests know each client's way to write it. */
function commandIn(id: string, file: string): string[] {
  const text = read(file);
  if (id === "codex") {
    const [, command = "", args = ""] = /^command = (".*")\nargs = \[ (.*) \]$/m.exec(text) ?? [];
    return JSON.parse(`[${command}, ${args}]`) as string[];
  }
  const [servers] = Object.values(JSON.parse(text) as Record<string, { flyte: Record<string, string[]> }>);
  const { command = [], args = [] } = servers?.flyte ?? {};
  return [command, args].flat();
}

it.each([
  ["claude-code", ".claude.json"],
  ["claude-desktop", ".config/Claude/claude_desktop_config.json"],
  ["opencode", ".config/opencode/opencode.json"],
  ["codex", ".codex/config.toml"],
  ["gemini-cli", ".gemini/settings.json"],
  ["copilot-cli", ".copilot/mcp-config.json"],
  ["cursor", ".cursor/mcp.json"],
  ["vscode", ".config/Code/User/mcp.json"],
  ["zed", ".config/zed/settings.json"],
])("puts a server into %s that starts and answers, and takes it out again", async (id, file) => {
  const { code, stderr } = await setup(id, "--yes", "--sandbox", "--tools", "list_tasks");
  expect([code, stderr]).toEqual([0, ""]);
  const [command = "", ...args] = commandIn(id, file);
  const client = new Client({ name: "setup", version: "0.0.0" });
  await client.connect(new StdioClientTransport({ command, args, env: cleanEnv() }));
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(["list_tasks"]);
  await client.close();
  expect((await setup()).stdout).toMatch(new RegExp(`^${id} +set up `, "m"));
  expect(statSync(join(home, file)).mode & 0o077).toBe(0);
  expect((await setup(id, "--undo", "--yes")).code).toBe(0);
  expect(existsSync(join(home, file))).toBe(false);
});

const MINE = '{\n  // mine\n  "mcpServers": { "other": { "env": { "TOKEN": "canary-9127" } } }, // keep\n}\n';

it("shows the change first, and no line of anything else", async () => {
  write(".cursor/mcp.json", MINE);
  const { code, stdout } = await setup("cursor");
  expect(code).toBe(1);
  expect(stdout).toContain('"flyte": {');
  expect(stdout).toContain("Nothing was written. Add --yes to write it.");
  expect(stdout).not.toContain("canary");
  expect((await setup("cursor", "--dry-run")).code).toBe(0);
  expect(read(".cursor/mcp.json")).toBe(MINE);
});

it("keeps a backup, and gives the file back to the byte", async () => {
  write(".cursor/mcp.json", MINE);
  const { stdout } = await setup("cursor", "--yes");
  expect(stdout).toContain(`kept as ${join(home, ".cursor/mcp.json.before-flyte-mcp")}`);
  expect(read(".cursor/mcp.json.before-flyte-mcp")).toBe(MINE);
  await setup("cursor", "--yes", "--read-only");
  expect(read(".cursor/mcp.json.before-flyte-mcp")).toBe(MINE);
  await setup("cursor", "--undo", "--yes");
  expect(read(".cursor/mcp.json")).toBe(MINE);
  expect(readdirSync(join(home, ".cursor"))).toEqual(["mcp.json"]);
});

it("leaves alone what changed after it, and brings back an entry of that name that was there before it", async () => {
  write(".cursor/mcp.json", '{ "mcpServers": { "flyte": { "command": "mine" } } }');
  await setup("cursor", "--yes");
  write(".cursor/mcp.json", read(".cursor/mcp.json").replace("{", '{ "later": 1,'));
  await setup("cursor", "--undo", "--yes");
  expect(JSON.parse(read(".cursor/mcp.json"))).toEqual({
    later: 1,
    mcpServers: { flyte: { command: "mine" } },
  });
});

it("says so when there is nothing to do", async () => {
  await setup("zed", "--yes");
  expect((await setup("zed", "--yes")).stdout).toContain('has this server as "flyte" already');
  expect((await setup("cursor", "--undo", "--yes")).stdout).toContain('has no server "flyte"');
  expect(existsSync(join(home, ".cursor"))).toBe(false);
});

it("names a server that runs elsewhere", async () => {
  const url = "https://mcp.example.com/flyte-mcp/mcp";
  expect((await setup("gemini-cli", "--url", url, "--as", "team", "--yes")).code).toBe(0);
  expect(JSON.parse(read(".gemini/settings.json"))).toEqual({ mcpServers: { team: { httpUrl: url } } });
});

it("writes paths that hold from any folder", async () => {
  await setup("cursor", "--yes", "--sandbox-file", "state.json");
  expect(commandIn("cursor", ".cursor/mcp.json").at(-1)).toBe(join(tmpdir(), "state.json"));
});

describe("bad settings files", () => {
  it("names the place where a file is broken, says what to paste, and writes nothing", async () => {
    const path = write(".cursor/mcp.json", '{\n  "mcpServers": {,}\n}\n');
    const { code, stderr } = await setup("cursor", "--yes");
    expect(code).toBe(1);
    expect(stderr).toContain(`${path} cannot be changed: value expected at line 2, column 18.`);
    expect(stderr).toContain('Nothing was written. By hand it is:\n{\n  "mcpServers"');
    expect(readdirSync(join(home, ".cursor"))).toEqual(["mcp.json"]);
  });

  it("does not write what its owner made read-only", async () => {
    const path = write(".codex/config.toml", "a = 1\n");
    chmodSync(path, 0o444);
    const { code, stderr } = await setup("codex", "--yes");
    expect([code, stderr]).toEqual([
      1,
      `flyte-mcp: ${path} cannot be written (read-only); nothing was changed.\n`,
    ]);
    expect([read(".codex/config.toml"), readdirSync(dirname(path))]).toEqual(["a = 1\n", ["config.toml"]]);
  });

  it("writes through a link, and the link stays one", async () => {
    const real = write("dotfiles/zed.json", "{}\n");
    mkdirSync(join(home, ".config/zed"), { recursive: true });
    symlinkSync(real, join(home, ".config/zed/settings.json"));
    expect((await setup("zed", "--yes")).code).toBe(0);
    expect(lstatSync(join(home, ".config/zed/settings.json")).isSymbolicLink()).toBe(true);
    expect(JSON.parse(read("dotfiles/zed.json"))).toHaveProperty("context_servers.flyte");
  });

  it("makes nothing at the end of a link that leads nowhere", async () => {
    mkdirSync(join(home, ".gemini"));
    symlinkSync(join(home, "gone.json"), join(home, ".gemini/settings.json"));
    const { code, stderr } = await setup("gemini-cli", "--yes");
    expect([code, stderr]).toEqual([1, expect.stringContaining("is a link to a file that does not exist")]);
    expect(existsSync(join(home, "gone.json"))).toBe(false);
  });
});

describe("bad command lines", () => {
  it.each([
    [["claud-code"], 'There is no client "claud-code" here. Did you mean "claude-code"?'],
    [["cursor", "zed"], 'Unexpected argument "zed": one client at a time.'],
    [["cursor", "--endpont", "x"], 'Unknown option --endpont. Did you mean "--endpoint"?'],
    [["cursor", "--as", "a b"], "--as takes letters, digits, - and _"],
    [["cursor", "--url", "mcp.example.com"], "is not an address such as https://"],
    [["cursor", "--url", "https://x.example/mcp", "--read-only"], "it takes no --read-only"],
    [["cursor", "--as"], "--as"],
  ])("refuses %j in one sentence", async (args, sentence) => {
    const { code, stderr } = await setup(...args, "--yes");
    expect(stderr).toContain(sentence);
    expect([code, stderr.trim().split("\n")]).toEqual([2, [stderr.trim()]]);
    expect(readdirSync(home)).toEqual([]);
  });
});
