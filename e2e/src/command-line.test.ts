import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HTTP, STDIO, runToEnd } from "./built-apps.ts";

const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "e2e", version: "0" } },
};
const LIST = { jsonrpc: "2.0", id: 2, method: "tools/list" };
const LIST_AGAIN = { ...LIST, id: 3 };
const call = (id: number, name: string, args: object) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, arguments: args },
});
const lines = (...messages: object[]) => messages.map((message) => `${JSON.stringify(message)}\n`).join("");

describe.each([
  ["flyte-mcp", STDIO],
  ["flyte-mcp-http", HTTP],
])("%s", (name, program) => {
  it("prints its version", async () => {
    const manifest = new URL(
      `../../apps/${name === "flyte-mcp" ? "stdio" : "http"}/package.json`,
      import.meta.url,
    );
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    expect(await runToEnd(program, ["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.each([
    [["--tool-group", "task"], 'Unknown option --tool-group. Did you mean "--tool-groups"'],
    [["--tool-groups", "tsk"], 'Unknown tool group "tsk". Did you mean "task"'],
    [["--tools", "run_taks"], 'Unknown tool "run_taks". Did you mean "run_task"'],
    [["--tools", "run_task", "--tool-groups", "task"], "exclude each other"],
    [["--sandbox", "--tools", "nope"], 'Unknown tool "nope"'],
    [
      ["--tools", "run_task", "--read-only"],
      "Nothing is left of --tools run_task: by read_only, run_task is write.",
    ],
    [["--endpoint"], "--endpoint needs a value."],
    [["--read-only=maybe"], "--read-only is"],
    [["--endpoint", "ftp://host"], "The endpoint may not have a scheme"],
    [["--endpoint", "https://user:canary-secret@host"], "The endpoint may not have a user name"],
    [["--config", "/nowhere/config.yaml"], "The Flyte config file /nowhere/config.yaml cannot be read."],
    [["serve"], 'Unexpected argument "serve".'],
  ])("refuses %j with exit code 2 and one sentence", async (args, sentence) => {
    const { code, stdout, stderr } = await runToEnd(program, args);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain("canary-secret");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("refuses a policy variable that is set but empty", async () => {
    const { code, stderr } = await runToEnd(program, [], { env: { FLYTE_MCP_TASK_ALLOWLIST: "" } });
    expect(stderr).toContain("FLYTE_MCP_TASK_ALLOWLIST is set but empty");
    expect(code).toBe(2);
  });

  it("sends no token to an endpoint that a file in the working directory names", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-"));
    writeFileSync(join(cwd, "config.yaml"), "admin:\n  endpoint: http://evil.example\n");
    const env = { FLYTE_ACCESS_TOKEN: "canary-secret" };
    const { code, stderr } = await runToEnd(program, [], { env, cwd });
    expect(stderr).toContain("FLYTE_ACCESS_TOKEN would go to the endpoint in");
    expect(stderr).not.toContain("canary-secret");
    expect(code).toBe(2);
  });

  it("refuses a broken config file", async () => {
    const config = join(mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-")), "config.yaml");
    writeFileSync(config, "admin: [unclosed");
    const { code, stderr } = await runToEnd(program, ["--config", config]);
    expect(stderr).toContain("is not valid YAML");
    expect(code).toBe(2);
  });
});

describe("flyte-mcp", () => {
  it("refuses another transport", async () => {
    const { code, stderr } = await runToEnd(STDIO, ["--transport", "sse"]);
    expect(stderr).toContain("flyte-mcp-http serves over HTTP");
    expect(code).toBe(2);
  });

  it("starts without a cluster, and a tool says what to configure", async () => {
    const { code, stdout } = await runToEnd(STDIO, [], {
      stdin: lines(INITIALIZE, LIST, call(3, "list_tasks", {})),
    });
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: number; result: unknown });
    expect(answers.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
    const said = JSON.stringify(answers.find(({ id }) => id === 3));
    expect(said).toContain("No Flyte endpoint is configured");
    expect(said).toContain("FLYTE_ENDPOINT");
    expect(code).toBe(0);
  });

  it("writes nothing but JSON-RPC to stdout, whatever is called", async () => {
    const names = [
      "list_tasks",
      "get_task",
      "run_task",
      "list_runs",
      "get_run",
      "get_run_io",
      "wait_for_run",
      "abort_run",
    ];
    const calls = names.flatMap((name, index) => [
      call(10 + 2 * index, name, { name: "seed.add", inputs: { a: 1 }, timeout_s: 0 }),
      call(11 + 2 * index, name, { name: "seed.add" }),
    ]);
    const input = `not json\n${lines(INITIALIZE, LIST, ...calls, call(90, "no_such_tool", {}))}`;
    const { stdout } = await runToEnd(STDIO, ["--sandbox"], { stdin: input });
    const messages = stdout.split("\n").filter((line) => line !== "");
    expect(messages.map((line) => (JSON.parse(line) as { jsonrpc: string }).jsonrpc)).toEqual(
      messages.map(() => "2.0"),
    );
    expect(messages.length).toBe(3 + calls.length);
  });

  it("answers a call of 20 MB in a sentence, and the next one too", async () => {
    const inputs = { message: "x".repeat(20 * 1024 * 1024) };
    const input = lines(INITIALIZE, call(2, "run_task", { name: "seed.fail", inputs }), LIST_AGAIN);
    const { stdout, code } = await runToEnd(STDIO, ["--sandbox"], { stdin: input });
    expect(stdout).toContain("10 MB");
    expect(stdout).toContain('"id":3');
    expect(code).toBe(0);
  });

  it("takes its settings from the environment and a config file", async () => {
    const config = join(mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-")), "config.yaml");
    writeFileSync(config, "admin:\n  endpoint: dns:///localhost:1\ntask:\n  project: p1\n  domain: d1\n");
    const env = { FLYTE_MCP_CONFIG: config, FLYTE_MCP_READ_ONLY: "true", FLYTE_PROJECT: "p2" };
    const { stdout } = await runToEnd(STDIO, [], {
      stdin: lines(INITIALIZE, LIST, call(3, "list_tasks", {})),
      env,
    });
    expect(stdout).toContain("Calls that name no project or domain use project p2, domain d1.");
    expect(stdout).toContain("Nothing listens at http://localhost:1.");
    expect(stdout).not.toContain('"run_task"');
  });
});

describe("flyte-mcp-http", () => {
  it("refuses a bind beyond loopback without allowed hosts", async () => {
    const { code, stderr } = await runToEnd(HTTP, ["--host", "0.0.0.0", "--port", "0"]);
    expect(stderr).toContain("Listening on 0.0.0.0 needs --allowed-hosts");
    expect(code).toBe(2);
  });

  it("says that a port is taken", async () => {
    const { startHttp } = await import("./built-apps.ts");
    const first = await startHttp([]);
    const taken = ["--sandbox", "--port", new URL(first.url).port];
    const { code, stderr } = await runToEnd(HTTP, taken);
    await first.stop();
    expect(stderr).toMatch(/Port \d+ on 127\.0\.0\.1 is in use; give another by --port\./);
    expect(code).toBe(2);
  });
});
