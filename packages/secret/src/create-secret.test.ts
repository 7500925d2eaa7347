import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, ConnectError } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import type { CreateSecretRequest } from "@flyte-mcp/idl/secret/payload";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import type { SecretOptions } from "./index.ts";
import { secret } from "./index.ts";

/** A plane that notes what reaches it and, if it is given an error, refuses secrets with it. */
async function play(options: SecretOptions = {}, error?: (request: CreateSecretRequest) => ConnectError) {
  const created: CreateSecretRequest[] = [];
  const flyte = playFlyte((router) =>
    router
      .service(ProjectService, {
        listProjects: () => ({
          projects: { projects: [{ id: "flytesnacks", domains: [{ id: "development" }] }] },
        }),
      })
      .service(SecretService, {
        createSecret(request) {
          created.push(request);
          if (error) throw error(request);
          return {};
        },
      }),
  );
  return { ...(await connectClient({ groups: [secret(options)], flyte })), created };
}

const valueOf = ({ secretSpec }: CreateSecretRequest) => secretSpec?.value;
const text = (value: string) => ({ case: "stringValue", value });

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
  mkdirSync(join(folder, "open", "data"), { recursive: true });
  mkdirSync(join(folder, "open-too"));
  writeFileSync(join(folder, "private"), "canary-private");
  writeFileSync(join(folder, "open-too", "private"), "canary-private");
  writeFileSync(join(folder, "open", "data", "token"), "canary-of-a-file\n");
  writeFileSync(join(folder, "open", "binary"), new Uint8Array([0xff, 0x00, 0x80]));
  writeFileSync(join(folder, "open", "empty"), "");
  writeFileSync(join(folder, "open", "large"), "x".repeat(1024 * 1024 + 1));
  symlinkSync(join("data", "token"), join(folder, "open", "link-within"));
  symlinkSync(join(folder, "private"), join(folder, "open", "link-out"));
  symlinkSync(folder, join(folder, "open", "folder-out"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("create_secret with a variable of the server", () => {
  const variables = {
    FLYTE_MCP_SECRET_DB: "canary-of-a-variable",
    FLYTE_MCP_SECRET_ENV: "DATABASE_TOKEN",
    DATABASE_TOKEN: "canary-named",
    FLYTE_ACCESS_TOKEN: "canary-credential",
  };
  const before = process.env;
  beforeEach(() => {
    process.env = { ...before, ...variables };
  });
  afterEach(() => {
    process.env = before;
  });

  it("takes one whose name marks it as a secret, and never shows it", async () => {
    const { client, created } = await play();
    const args = { name: "db-password", value_from: { env: "FLYTE_MCP_SECRET_DB" } };
    const result = await client.callTool({ name: "create_secret", arguments: args });
    expect(result["structuredContent"]).toEqual({
      name: "db-password",
      created: true,
      env_var: "DB_PASSWORD",
    });
    expect(JSON.stringify(result)).not.toContain("canary");
    expect(created).toHaveLength(1);
    expect(created[0]?.id).toMatchObject({
      project: "flytesnacks",
      domain: "development",
      name: "db-password",
    });
    expect(valueOf(created[0]!)).toEqual(text("canary-of-a-variable"));
  });

  it("takes one that the operator has named", async () => {
    const { answer, created } = await play({ env: ["DATABASE_TOKEN"] });
    await answer("create_secret", { name: "t", value_from: { env: "DATABASE_TOKEN" } });
    expect(created.map(valueOf)).toEqual([text("canary-named")]);
  });

  it.each(["FLYTE_ACCESS_TOKEN", "DATABASE_TOKEN", "HOME", "FLYTE_MCP_SECRET_ENV", "NOT_THERE", "__proto__"])(
    "refuses %s alike, whether it is set or not",
    async (env) => {
      const { failure, created } = await play();
      expect(await failure("create_secret", { name: "t", value_from: { env } })).toBe(
        "That variable is not open to secrets. Open are variables named FLYTE_MCP_SECRET_*; " +
          "the operator opens others by --secret-env. [invalid_argument]",
      );
      expect(created).toEqual([]);
    },
  );

  it("says that an open one is not set, with a near name", async () => {
    const { failure } = await play();
    expect(await failure("create_secret", { name: "t", value_from: { env: "FLYTE_MCP_SECRET_BD" } })).toBe(
      "The variable FLYTE_MCP_SECRET_BD is not set in the environment of this server, or is empty. " +
        'Did you mean "FLYTE_MCP_SECRET_DB"? [invalid_argument]',
    );
  });
});

describe("create_secret with a file", () => {
  it.each([
    ["data/token", text("canary-of-a-file\n")],
    ["link-within", text("canary-of-a-file\n")],
    ["data/../data/token", text("canary-of-a-file\n")],
    ["binary", { case: "binaryValue", value: new Uint8Array([0xff, 0x00, 0x80]) }],
  ])("takes %s byte for byte and never shows it", async (file, value) => {
    const { client, created } = await play({ dir: join(folder, "open") });
    const args = { name: "token", value_from: { file } };
    const result = await client.callTool({ name: "create_secret", arguments: args });
    expect(JSON.stringify(result)).toContain("created");
    expect(JSON.stringify(result)).not.toContain("canary");
    expect(created.map(valueOf)).toEqual([value]);
  });

  it.each([
    ["../private", "The file is not in the server's folder of secrets."],
    ["../not-there", "The file is not in the server's folder of secrets."],
    ["../open-too/private", "The file is not in the server's folder of secrets."],
    ["/etc/passwd", "The file is not in the server's folder of secrets."],
    ["link-out", "The file is not in the server's folder of secrets."],
    ["folder-out/private", "The file is not in the server's folder of secrets."],
    [".", "The file is not in the server's folder of secrets."],
    ["token\0", "The file is not in the server's folder of secrets."],
    ["data", "That is not a file in the server's folder of secrets."],
    ["not-there", "There is no such file in the server's folder of secrets."],
    ["empty", "The file is empty."],
    ["large", "The file is larger than 1 MiB."],
  ])("refuses %j with no call", async (file, message) => {
    const { failure, created } = await play({ dir: join(folder, "open") });
    const said = await failure("create_secret", { name: "token", value_from: { file } });
    expect(said).toContain(message);
    expect(said).not.toContain("canary");
    expect(created).toEqual([]);
  });

  it("is not offered by a server without a folder for them", async () => {
    const { client, failure } = await play();
    const { tools } = await client.listTools();
    expect(JSON.stringify(tools.find(({ name }) => name === "create_secret")?.inputSchema)).not.toContain(
      '"file"',
    );
    expect(await failure("create_secret", { name: "t", value_from: { file: "data/token" } })).toContain(
      "value_from: takes env only; files need a server with --secret-dir",
    );
  });

  it("needs a folder that exists", () => {
    expect(() => secret({ dir: join(folder, "private") })).toThrow("which is not a folder");
    expect(() => secret({ dir: join(folder, "nowhere") })).toThrow("which is not a folder");
  });
});

describe("create_secret with the value as an argument", () => {
  it("sends it and never shows it", async () => {
    const { client, created } = await play();
    const args = { name: "token", value: "canary-argument" };
    const result = await client.callTool({ name: "create_secret", arguments: args });
    expect(JSON.stringify(result)).not.toContain("canary");
    expect(created.map(valueOf)).toEqual([text("canary-argument")]);
  });

  it("is not to be had where the operator turned it off", async () => {
    const { client, failure, created } = await play({ plain: false });
    const { tools } = await client.listTools();
    const schema = tools.find(({ name }) => name === "create_secret")?.inputSchema;
    expect(Object.keys(schema?.properties ?? {})).not.toContain("value");
    expect(schema?.required).toEqual(["name", "value_from"]);
    const said = await failure("create_secret", { name: "token", value: "canary-argument" });
    expect(said).toContain('unknown argument "value"');
    expect(said).not.toContain("canary");
    expect(created).toEqual([]);
  });
});

describe("create_secret refuses with no call", () => {
  it.each(["Regular", "REGULAR", "image_pull", "", "canary-type"])("the type %j", async (type) => {
    const { failure, created } = await play();
    const said = await failure("create_secret", { name: "t", value: "v", type });
    expect(said).toContain("type: must be one of regular");
    expect(said).not.toContain("canary");
    expect(created).toEqual([]);
  });

  it.each([
    [{ name: "t" }, "Give exactly one source of the value. It can be value_from.env or value."],
    [{ name: "t", value: "canary", value_from: { env: "FLYTE_MCP_SECRET_A" } }, "Give exactly one source"],
    [{ name: "t", value: "canary".repeat(200_000) }, "The value is larger than 1 MiB."],
    [{ name: "t", value: "" }, "value: must be at least 1"],
    [{ name: "bad name!", value: "canary" }, "a secret's name has letters, digits, - and _ only"],
    [{ name: "t", value: "canary", project: "flytesnack" }, 'Did you mean "flytesnacks"?'],
    [{ name: "t", value_from: "canary" }, "value_from: must be an object"],
  ])("case %#", async (args, message) => {
    const { failure, created } = await play();
    const said = await failure("create_secret", args);
    expect(said).toContain(message);
    expect(said).not.toContain("canary");
    expect(created).toEqual([]);
  });
});

describe("create_secret when Flyte refuses", () => {
  it("says that the secret exists, which stays as it is", async () => {
    const exists = () => new ConnectError('secrets "aa6cd98f" already exists', Code.AlreadyExists);
    const { failure } = await play({}, exists);
    expect(await failure("create_secret", { name: "token", value: "canary" })).toBe(
      'There is a secret "token" in flytesnacks/development already; it was left as it is. ' +
        "Choose another name, or remove it with delete_secret first. [already_exists]",
    );
  });
});
