import { describeSettings, policySettings, readSettings } from "@flyte-mcp/core";
import { secretSettings, secretVariables } from "./secret-settings.ts";

const read = async (argv: string[], env: Record<string, string> = {}) =>
  (await readSettings({ ...policySettings, ...secretSettings }, { argv, env })).values;

it("leaves everything but the marked variables shut, and arguments on", async () => {
  const { secretEnv, secretDir, secretArguments } = await read([]);
  expect([secretEnv, secretDir, secretArguments]).toEqual([undefined, undefined, undefined]);
});

it("reads what the operator opens and turns off", async () => {
  const flags = ["--secret-env", "A,B", "--secret-dir", "/run/secrets", "--no-secret-arguments"];
  const opened = { secretEnv: ["A", "B"], secretDir: "/run/secrets", secretArguments: false };
  expect(await read(flags)).toMatchObject(opened);
  const [env = "", dir = "", plain = ""] = secretVariables;
  expect(await read([], { [env]: "A,B", [dir]: "/run/secrets", [plain]: "false" })).toMatchObject(opened);
});

it.each(["FLYTE_MCP_SECRET_TOKEN", "FLYTE_MCP_SECRET_TOOLS", "FLYTE_MCP_SECRET_DB", "FLYTE_MCP_SECRET_KEY"])(
  "takes %s for a secret, not for a misspelled setting",
  async (name) => {
    expect(await read([], { [name]: "canary" })).toBeDefined();
  },
);

it.each(["FLYTE_MCP_SECRET_ARGUMENT", "FLYTE_MCP_NO_SECRET_ARGUMENTS"])(
  "does not let %s leave the argument on without a word",
  async (name) => {
    await expect(read([], { [name]: "canary" })).rejects.toThrow("Did you mean FLYTE_MCP_SECRET_ARGUMENTS?");
  },
);

it("does not take an empty variable for a yes", async () => {
  await expect(read([], { FLYTE_MCP_SECRET_ARGUMENTS: "" })).rejects.toThrow("is set but empty");
});

it("is in the help text", () => {
  const help = describeSettings("x", "y", secretSettings);
  expect(help).toMatch(/--secret-env A,B +Variables that create_secret may read/);
  expect(help).toMatch(/--secret-dir DIR +Folder below which create_secret may read files\./);
  expect(help).toContain("--no-secret-arguments turns it off");
});
