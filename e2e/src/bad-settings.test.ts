import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startSandbox } from "@flyte-mcp/sandbox";
import type { SandboxServer } from "@flyte-mcp/sandbox";
import { HTTP, STDIO, runToEnd } from "./built-apps.ts";
import { connectStdio } from "./sdk-client.ts";

function isListed(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const folder = mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-"));
const at = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const AT_HOST = { FLYTE_ENDPOINT: "https://flyte.example" };
const keyOf = (text: string) => Buffer.from(text).toString("base64");

type Case = [what: string, args: string[], env: Record<string, string>, sentence: string];

const REFUSED: Case[] = [
  ["an unknown auth type", ["--auth-type", "ClientSecrt"], AT_HOST, 'Did you mean "ClientSecret"?'],
  [
    "a password in the endpoint",
    [],
    { FLYTE_ENDPOINT: "https://me:canary-pw@h" },
    "may not have a user name",
  ],
  ["a query in the endpoint", [], { FLYTE_ENDPOINT: "https://h/?token=canary" }, "may not have a query"],
  ["a fragment in the endpoint", [], { FLYTE_ENDPOINT: "evil.example#canary" }, "may not have a fragment"],
  ["an API key that is none", [], { FLYTE_API_KEY: "canary.jwt.like" }, "The API key cannot be read"],
  [
    "an API key without a secret",
    [],
    { FLYTE_API_KEY: keyOf("h.example:canary") },
    "The API key cannot be read",
  ],
  [
    "a secret's file that is not there",
    ["--client-id", "c", "--client-secret-file", "/nowhere/secret"],
    AT_HOST,
    "The client secret file /nowhere/secret cannot be read.",
  ],
  [
    "a secret's variable that is not set",
    ["--client-id", "c", "--client-secret-env-var", "NOWHERE"],
    AT_HOST,
    "The variable NOWHERE",
  ],
  [
    "a secret without its client",
    [],
    { ...AT_HOST, FLYTE_CLIENT_SECRET: "canary-secret" },
    "needs its client",
  ],
  [
    "a command with an open quote",
    [],
    { ...AT_HOST, FLYTE_AUTH_COMMAND: "get 'canary" },
    "FLYTE_AUTH_COMMAND has a quote",
  ],
  [
    "a command that is half a list",
    [],
    { ...AT_HOST, FLYTE_AUTH_COMMAND: '["canary"' },
    "FLYTE_AUTH_COMMAND must be",
  ],
  ["no command", ["--auth-type", "command"], AT_HOST, "needs a command that prints a token"],
  [
    "a token with a line break",
    [],
    { ...AT_HOST, FLYTE_ACCESS_TOKEN: "canary\ncanary" },
    "The access token has white space",
  ],
  [
    "a boolean that is none",
    [],
    { ...AT_HOST, FLYTE_ADMIN_INSECURE: "ture" },
    'FLYTE_ADMIN_INSECURE is "ture"',
  ],
  ["broken YAML", ["--config", at("broken.yaml", "admin:\n  clientId: [canary\n")], {}, "is not valid YAML"],
  [
    "a tag that YAML does not know",
    ["--config", at("tag.yaml", "admin:\n  endpoint: !canary [canary]\n")],
    {},
    "admin.endpoint in",
  ],
  [
    "a list for a text",
    ["--config", at("list.yaml", "admin:\n  endpoint: [canary]\n")],
    {},
    "admin.endpoint in",
  ],
  ["a folder as file", ["--config", folder], {}, "cannot be read"],
];

describe.each([STDIO, HTTP])("%s", (program) => {
  it.each(REFUSED)("refuses %s with exit code 2 and one sentence", async (_what, args, env, sentence) => {
    const { code, stdout, stderr } = await runToEnd(program, args, { env });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain("canary");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("doctor", () => {
  it.each(REFUSED)("refuses %s, for a machine too", async (_what, args, env, sentence) => {
    const { code, stdout, stderr } = await runToEnd(STDIO, ["doctor", "--json", ...args], { env });
    const told = JSON.parse(stdout || stderr) as { ok: boolean; problems: { message: string }[] };
    expect(told.ok).toBe(false);
    expect(told.problems[0]?.message).toContain(sentence);
    expect(stdout).not.toContain("canary");
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
  });
});

it("runs no command of a repository that somebody cloned", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-"));
  const ran = join(cwd, "ran");
  writeFileSync(join(cwd, "config.yaml"), `admin:\n  endpoint: h.example\n  command: [touch, ${ran}]\n`);
  for (const args of [[], ["doctor"]]) {
    const { code, stderr } = await runToEnd(STDIO, args, { cwd });
    expect(stderr).toContain("would run a command on this machine; name that file by --config");
    expect(code).toBe(2);
  }
  expect(() => readFileSync(ran)).toThrow("ENOENT");
});

describe("a command that gives no token", () => {
  let plane: SandboxServer;
  beforeAll(async () => (plane = await startSandbox({ history: false, execute: false, login: {} })));
  afterAll(() => plane.close());

  const node = (code: string) => JSON.stringify([process.execPath, "-e", code]);

  it.each([
    ["prints 2 MB", node('process.stdout.write("canary-".repeat(300_000))'), "prints more than 1 MiB"],
    ["fails and chatters", node('console.error("canary"); process.exit(3)'), "ended with exit code 3"],
    ["prints nothing", node(""), "prints nothing"],
    ["prints a page", node('console.log("<html>canary page")'), "prints more than a token"],
    ["is not there", "/nowhere/get-token --key canary", "cannot be started (ENOENT)"],
  ])("as it %s, is told by the doctor and by a tool", async (_what, command, sentence) => {
    const env = { FLYTE_AUTH_COMMAND: command, FLYTE_ENDPOINT: plane.url };
    const { code, stdout, stderr } = await runToEnd(STDIO, ["doctor"], { env });
    expect(stdout).toContain(sentence);
    expect(stdout + stderr).not.toContain("canary");
    expect(code).toBe(1);
    const { fail, close } = await connectStdio(["--project", "flytesnacks", "--domain", "development"], env);
    const said = await fail("list_runs", {});
    await close();
    expect(said).toContain(sentence);
    expect(said).not.toContain("canary");
  });

  it("as it hangs, ends with the doctor", async () => {
    const pidFile = join(folder, "pid");
    const command = node(
      `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`,
    );
    const env = { FLYTE_AUTH_COMMAND: command, FLYTE_ENDPOINT: plane.url };
    const { code, stdout } = await runToEnd(STDIO, ["doctor"], { env });
    expect(stdout).toContain("which is to print a token for Flyte, has not ended within");
    expect(code).toBe(1);
    const pid = Number(readFileSync(pidFile, "utf8"));
    // What is killed stays in the list until somebody has looked at its end.
    for (let tries = 0; tries < 50 && isListed(pid); tries++) await sleep(100);
    expect(isListed(pid)).toBe(false);
  });
});

it("sends no secret to a token endpoint on another host over http", async () => {
  const login = {
    clientId: "robot",
    clientSecret: "canary-secret-0123",
    tokenEndpoint: "http://tokens.example/token",
  };
  const plane = await startSandbox({ history: false, execute: false, login });
  const env = {
    FLYTE_ENDPOINT: plane.url,
    FLYTE_CLIENT_ID: "robot",
    FLYTE_CLIENT_SECRET: login.clientSecret,
  };
  const { code, stdout, stderr } = await runToEnd(STDIO, ["doctor"], { env });
  await plane.close();
  expect(stdout).toContain("on tokens.example, is not https; credentials do not go there.");
  expect(stdout + stderr).not.toContain("canary");
  expect(code).toBe(1);
});
