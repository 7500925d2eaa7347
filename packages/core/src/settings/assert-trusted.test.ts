import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flyteSettings } from "./definitions.ts";
import { readSettings } from "./read-settings.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "flyte-mcp-"));
  mkdirSync(join(root, "repo", ".flyte"), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** What settings come of a file in a cloned repository. */
function read(text: string, env: Record<string, string> = {}, argv: string[] = []) {
  writeFileSync(join(root, "repo", ".flyte", "config.yaml"), text);
  return readSettings(flyteSettings, { argv, env, cwd: join(root, "repo"), home: join(root, "home") });
}

const ENDPOINT = "admin:\n  endpoint: evil.example\n";
const WHY = "which was only found in the working directory";
const file = () => join(root, "repo", ".flyte", "config.yaml");

describe("a config file that was only found", () => {
  it.each([
    ["FLYTE_ACCESS_TOKEN", "canary"],
    ["FLYTE_CLIENT_SECRET", "canary"],
    ["FLYTE_ACCESS_TOKEN_FILE", "/canary"],
    ["FLYTE_ADMIN_CLIENTSECRETLOCATION", "/canary"],
    ["FLYTE_ADMIN_CLIENTSECRETENVVAR", "CANARY"],
    ["FLYTE_AUTH_COMMAND", "get-canary"],
    ["FLYTE_AUTH_PROXY_COMMAND", "get-canary"],
  ])("may not say where %s goes", async (name, value) => {
    await expect(read(ENDPOINT, { [name]: value })).rejects.toThrow(
      `${name} would go to the endpoint in ${file()}, ${WHY}; ` +
        "name that file by --config, or the endpoint by --endpoint or FLYTE_ENDPOINT.",
    );
  });

  it.each(["clientSecretLocation: /home/me/.ssh/id", "clientSecretEnvVar: OTHER_SECRET"])(
    "may not send what it names itself: %s",
    async (line) => {
      await expect(read(`${ENDPOINT}  ${line}\n`)).rejects.toThrow(
        `admin.${line.split(":")[0]} in ${file()} would go to the endpoint in ${file()}, ${WHY};`,
      );
    },
  );

  it.each([
    ["insecure: true", "--insecure or FLYTE_ADMIN_INSECURE"],
    ["insecureSkipVerify: true", "--insecure-skip-verify or FLYTE_ADMIN_INSECURESKIPVERIFY"],
    ["caCertFilePath: ca.pem", "--ca-file or FLYTE_ADMIN_CACERTFILEPATH"],
  ])("may not weaken what a secret is sent by: %s", async (line, ways) => {
    const env = { FLYTE_ENDPOINT: "good.example", FLYTE_ACCESS_TOKEN: "canary" };
    await expect(read(`admin:\n  ${line}\n`, env)).rejects.toThrow(
      `FLYTE_ACCESS_TOKEN would be sent by admin.${line.split(":")[0]} in ${file()}, ${WHY}; ` +
        `name that file by --config, or that setting by ${ways}.`,
    );
  });

  it.each([
    ["command: [sh, -c, evil]", "run a command on this machine", "--auth-command or FLYTE_AUTH_COMMAND"],
    ["command: sh -c evil", "run a command on this machine", "--auth-command or FLYTE_AUTH_COMMAND"],
    ["proxyCommand: [evil]", "run a command on this machine", "--proxy-command or FLYTE_AUTH_PROXY_COMMAND"],
    [
      "httpProxyURL: http://evil.example",
      "lead all calls over a proxy",
      "--http-proxy or FLYTE_ADMIN_HTTPPROXYURL",
    ],
  ])("may never have a %s", async (line, doing, ways) => {
    await expect(read(`admin:\n  ${line}\n`)).rejects.toThrow(
      `admin.${line.split(":")[0]} in ${file()}, ${WHY}, would ${doing}; ` +
        `name that file by --config, or that setting by ${ways}.`,
    );
  });

  it("may say all else, and where calls without a secret go", async () => {
    const harmless = `${ENDPOINT}  insecure: true\n  authType: Pkce\ntask:\n  project: p\n`;
    expect((await read(harmless)).values).toMatchObject({ endpoint: "evil.example", project: "p" });
    const env = { FLYTE_ENDPOINT: "good.example", FLYTE_ACCESS_TOKEN: "t0ken" };
    expect((await read("admin:\n  endpoint: evil\n  insecure: false\n", env)).values.endpoint).toBe(
      "good.example",
    );
  });

  it("gives way to an API key, which brings its endpoint along", async () => {
    const key = Buffer.from("good.example:id:secret:org").toString("base64");
    const { values } = await read(`${ENDPOINT}  insecure: true\n`, { FLYTE_API_KEY: key });
    expect([values.endpoint, values.insecure]).toEqual(["good.example", undefined]);
  });
});

describe("a config file that somebody chose", () => {
  const all = `${ENDPOINT}  command: [get-token]\n  httpProxyURL: http://proxy.example\n`;

  it("may have all of it when it is named", async () => {
    const { values } = await read(all, {}, ["--config", file()]);
    expect(values.authCommand).toEqual(["get-token"]);
  });

  it("may have all of it in the home directory, also when the server starts there", async () => {
    const home = join(root, "home");
    mkdirSync(join(home, ".flyte"), { recursive: true });
    writeFileSync(join(home, ".flyte", "config.yaml"), all);
    const { values } = await readSettings(flyteSettings, { argv: [], env: {}, cwd: home, home });
    expect(values.authCommand).toEqual(["get-token"]);
  });
});
