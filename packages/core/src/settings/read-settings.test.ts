import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readPolicy } from "../read-policy.ts";
import { flyteSettings, identitySettings, policySettings, sandboxSettings } from "./definitions.ts";
import { readSettings } from "./read-settings.ts";
import { isSettingsError } from "./settings-error.ts";

const shape = {
  ...flyteSettings,
  ...policySettings,
  ...identitySettings,
  ...sandboxSettings,
  port: z.int().min(1).max(65_535).default(8000).meta({ description: "Port." }),
};

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "flyte-mcp-"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

function read(argv: string[], env: Record<string, string> = {}) {
  return readSettings(shape, { argv, env, cwd: home, home });
}

function writeConfig(text: string): string {
  const path = join(home, "config.yaml");
  writeFileSync(path, text);
  return path;
}

async function messageOf(argv: string[], env: Record<string, string> = {}): Promise<string> {
  const error: unknown = await read(argv, env).catch((thrown: unknown) => thrown);
  expect(isSettingsError(error)).toBe(true);
  return (error as Error).message;
}

describe("a setting", () => {
  it("is the flag's, then the environment's, then the file's, then the default", async () => {
    const path = writeConfig("admin:\n  endpoint: file\n");
    const env = { FLYTE_MCP_ENDPOINT: "own", FLYTE_ENDPOINT: "sdk", FLYTE_ADMIN_ENDPOINT: "cli" };
    const cases = [
      await read(["--endpoint", "flag"], env),
      await read([], env),
      await read([], { FLYTE_ENDPOINT: "sdk", FLYTE_ADMIN_ENDPOINT: "cli" }),
      await read([], { FLYTE_ADMIN_ENDPOINT: "cli" }),
      await read([]),
    ];
    expect(cases.map(({ values, sources }) => [values.endpoint, sources.endpoint])).toEqual([
      ["flag", "--endpoint"],
      ["own", "FLYTE_MCP_ENDPOINT"],
      ["sdk", "FLYTE_ENDPOINT"],
      ["cli", "FLYTE_ADMIN_ENDPOINT"],
      ["file", `admin.endpoint in ${path}`],
    ]);
  });

  it("that nobody gives is its default, and has no source", async () => {
    const { values, sources, help, version } = await read([]);
    expect(values).toEqual({ port: 8000 });
    expect(sources).toEqual({});
    expect([help, version]).toEqual([false, false]);
  });

  it("that is empty in the environment counts as left out", async () => {
    const { values } = await read([], { FLYTE_MCP_ENDPOINT: "", FLYTE_ENDPOINT: "sdk", FLYTE_MCP_PORT: "" });
    expect([values.endpoint, values.port]).toEqual(["sdk", 8000]);
  });

  it("of the file is read by its key, and false is a value", async () => {
    writeConfig(
      "admin:\n  endpoint: e\n  insecure: false\n  insecureSkipVerify: true\n  caCertFilePath: /ca\n" +
        "task:\n  org: o\n  project: p\n  domain: d\nconsole:\n  endpoint: https://c\n",
    );
    const { values } = await read([]);
    expect(values).toEqual({
      endpoint: "e",
      insecure: false,
      insecureSkipVerify: true,
      caFile: "/ca",
      org: "o",
      project: "p",
      domain: "d",
      consoleUrl: "https://c",
      port: 8000,
    });
  });
});

describe("a boolean", () => {
  it.each([
    ["1", true],
    ["true", true],
    ["YES", true],
    [" on ", true],
    ["0", false],
    ["False", false],
    ["no", false],
    ["off", false],
  ])("reads %j as %s", async (text, value) => {
    expect((await read([], { FLYTE_MCP_READ_ONLY: text })).values.readOnly).toBe(value);
    expect((await read([`--read-only=${text}`])).values.readOnly).toBe(value);
  });

  it.each(["maybe", "2", "y", "tru"])("refuses %j, by its source", async (text) => {
    const accepted = "it must be one of true, false, yes, no, on, off, 1, 0.";
    expect(await messageOf([], { FLYTE_MCP_READ_ONLY: text })).toBe(
      `FLYTE_MCP_READ_ONLY is "${text}"; ${accepted}`,
    );
    expect(await messageOf([`--read-only=${text}`])).toBe(`--read-only is "${text}"; ${accepted}`);
  });

  it("is on by its flag, off by its negation, and the last one counts", async () => {
    expect((await read(["--read-only"])).values.readOnly).toBe(true);
    expect((await read(["--no-read-only"], { FLYTE_MCP_READ_ONLY: "1" })).values.readOnly).toBe(false);
    expect((await read(["--no-read-only", "--read-only"])).values.readOnly).toBe(true);
  });
});

describe("a list", () => {
  it.each<[string, string[]]>([
    ["a", ["a"]],
    ["a, b ,,c,", ["a", "b", "c"]],
    ['["a", "b,c"]', ["a", "b,c"]],
    [",", []],
    ["[]", []],
  ])("reads %j as %j", async (text, value) => {
    expect((await read([], { FLYTE_MCP_TASK_ALLOWLIST: text })).values.taskAllowlist).toEqual(value);
    expect((await read([`--task-allowlist=${text}`])).values.taskAllowlist).toEqual(value);
  });

  it.each(['["a"', "[a, b]", "[1]", '[["a"]]', '[""]'])("refuses %s, by its source", async (text) => {
    expect(await messageOf([], { FLYTE_MCP_TASK_ALLOWLIST: text })).toMatch(/^FLYTE_MCP_TASK_ALLOWLIST/);
  });

  it("gives the policy", async () => {
    const argv = ["--tool-groups", "run,task", "--read-only", "--task-allowlist=a", "--app-allowlist=b"];
    const { values } = await read([...argv, "--trigger-allowlist=c", "--tools=x"]);
    expect(await readPolicy(values)).toEqual({
      groups: ["run", "task"],
      tools: ["x"],
      readOnly: true,
      tasks: ["a"],
      apps: ["b"],
      triggers: ["c"],
    });
  });
});

describe("a number", () => {
  it("is read from text, and held to its range", async () => {
    expect((await read(["--port", "9"])).values.port).toBe(9);
    expect(await messageOf(["--port", "0"])).toBe("--port: Too small: expected number to be >=1.");
  });

  it.each(["x", "1.5", "-1", "1e3", "0x10", " 9"])("refuses %j", async (text) => {
    expect(await messageOf([], { FLYTE_MCP_PORT: text })).toBe(
      `FLYTE_MCP_PORT is "${text}"; it must be a whole number.`,
    );
  });
});

describe("a secret", () => {
  it("comes by environment alone", async () => {
    const { values, sources } = await read([], { FLYTE_ACCESS_TOKEN: "t0ken" });
    expect([values.accessToken, sources.accessToken]).toEqual(["t0ken", "FLYTE_ACCESS_TOKEN"]);
    for (const argv of [["--access-token=canary"], ["--access-token", "canary"]]) {
      expect(await messageOf(argv)).toBe("Unknown option --access-token. --help lists the options.");
    }
  });
});

describe("a command", () => {
  it.each<[string, string[]]>([
    ["get-token --flyte 'a b'", ["get-token", "--flyte", "a b"]],
    ['["get-token", "a, b"]', ["get-token", "a, b"]],
    ["get-token --scopes a,b ''", ["get-token", "--scopes", "a,b", ""]],
  ])("reads %j as %j, from anywhere", async (text, argv) => {
    const config = ["--config", writeConfig(`admin:\n  command: ${JSON.stringify(text)}\n`)];
    expect(
      (await read([], { FLYTE_MCP_AUTH_COMMAND: text, FLYTE_MCP_CONFIG: config[1] ?? "" })).values
        .authCommand,
    ).toEqual(argv);
    expect(
      (await read([...config, "--auth-command", "x", `--auth-command=${text}`])).values.authCommand,
    ).toEqual(argv);
    expect((await read(config)).values.authCommand).toEqual(argv);
  });

  it.each(['["canary"', "get 'canary"])("refuses %s without showing it", async (text) => {
    const message = await messageOf([], { FLYTE_AUTH_COMMAND: text });
    expect(message).toMatch(/^FLYTE_AUTH_COMMAND .*must be a command line/);
    expect(message).not.toMatch("canary");
  });

  it("in the file may be a list, but not one of lists", async () => {
    const good = writeConfig("admin:\n  command: [get-token, --n, 5]\n");
    expect((await read(["--config", good])).values.authCommand).toEqual(["get-token", "--n", "5"]);
    const bad = writeConfig("admin:\n  command: [[get-token]]\n");
    expect(await messageOf(["--config", bad])).toMatch("must be a command line or a JSON array");
  });
});

describe("scopes", () => {
  it.each(["a,b", "a b", " a , b,", '["a", "b"]'])("reads %j", async (text) => {
    expect((await read([], { FLYTE_ADMIN_SCOPES: text })).values.scopes).toEqual(["a", "b"]);
  });
});
