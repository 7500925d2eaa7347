import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { flyteSettings } from "./definitions.ts";
import { readSettings } from "./read-settings.ts";
import { isSettingsError } from "./settings-error.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "flyte-mcp-"));
  mkdirSync(join(root, "repo", ".git"), { recursive: true });
  mkdirSync(join(root, "repo", "sub"), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

// Where a config file is looked for, best first, below a root; the working directory is repo/sub.
const PLACES = [
  "explicit.yaml",
  "repo/sub/config.yaml",
  "repo/sub/.flyte/config.yaml",
  "repo/.flyte/config.yaml",
  "uctl.yaml",
  "flytectl.yaml",
  "home/.union/config.yaml",
  "home/.flyte/config.yaml",
];

function write(place: string, text = `admin:\n  endpoint: ${place}\n`): string {
  const path = join(root, place);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function endpointFrom(argv: string[] = [], env: Record<string, string> = {}) {
  const input = { argv, env, cwd: join(root, "repo", "sub"), home: join(root, "home") };
  return (await readSettings(flyteSettings, input)).values.endpoint;
}

async function messageOf(argv: string[] = [], env: Record<string, string> = {}): Promise<string> {
  const error: unknown = await endpointFrom(argv, env).catch((thrown: unknown) => thrown);
  expect(isSettingsError(error)).toBe(true);
  return (error as Error).message;
}

describe("the config file", () => {
  it("is the first of its places that has one", async () => {
    for (const place of PLACES) write(place);
    const found: (string | undefined)[] = [];
    for (const place of PLACES) {
      const argv = place === "explicit.yaml" ? ["--config", join(root, place)] : [];
      const left = PLACES.slice(PLACES.indexOf(place));
      const env = {
        ...(left.includes("uctl.yaml") && { UCTL_CONFIG: join(root, "uctl.yaml") }),
        ...(left.includes("flytectl.yaml") && { FLYTECTL_CONFIG: join(root, "flytectl.yaml") }),
      };
      found.push(await endpointFrom(argv, env));
      rmSync(join(root, place));
    }
    expect(found).toEqual(PLACES);
  });

  it("may be missing", async () => {
    expect(await endpointFrom()).toBeUndefined();
  });

  it("is named by flag, then by FLYTE_MCP_CONFIG, with ~ for home", async () => {
    const path = write("a.yaml");
    write("home/b.yaml");
    expect(await endpointFrom(["--config", path], { FLYTE_MCP_CONFIG: "~/b.yaml" })).toBe("a.yaml");
    expect(await endpointFrom([], { FLYTE_MCP_CONFIG: "~/b.yaml" })).toBe("home/b.yaml");
  });

  it("that is named must be there", async () => {
    const path = join(root, "gone.yaml");
    const text = `The Flyte config file ${path} cannot be read.`;
    expect(await messageOf(["--config", path])).toBe(text);
    expect(await messageOf([], { FLYTE_MCP_CONFIG: path })).toBe(text);
    expect(await messageOf([], { UCTL_CONFIG: path })).toBe(text);
    expect(await messageOf([], { FLYTECTL_CONFIG: path })).toBe(text);
  });

  it.each([
    ["another project's", "server:\n  port: 1\n"],
    ["of several documents", "kind: Service\n---\nkind: Pod\n"],
    ["a template", "{{- if .Values.on }}\nkind: Service\n"],
    ["a list", "- a\n- b\n"],
    ["a nested mention", "server:\n  admin:\n    endpoint: wrong\n"],
    ["empty", ""],
  ])("is not a config.yaml that is %s", async (_what, text) => {
    write("repo/sub/config.yaml", text);
    write("home/.flyte/config.yaml");
    expect(await endpointFrom()).toBe("home/.flyte/config.yaml");
  });

  it.each([
    ["quoted", '"admin":\n  endpoint: "e"\n'],
    ["in flow style", "{admin: {endpoint: e}}"],
    ["in JSON", '{"admin": {"endpoint": "e"}}'],
  ])("is a config.yaml whose keys are %s", async (_what, text) => {
    write("repo/sub/config.yaml", text);
    expect(await endpointFrom()).toBe("e");
  });

  it("that is named counts, whatever it holds", async () => {
    const path = write("other.yaml", "server: 1\n");
    write("home/.flyte/config.yaml");
    expect(await endpointFrom([], { UCTL_CONFIG: path })).toBeUndefined();
    expect(await endpointFrom(["--config", path])).toBeUndefined();
  });

  it("that is broken is an error with its path and what is wrong", async () => {
    const path = write("repo/sub/config.yaml", "admin:\n  endpoint: [\n");
    expect(await messageOf()).toMatch(`The Flyte config file ${path} is not valid YAML: `);
    expect(await messageOf()).not.toMatch("\n");
  });

  it.each([
    ["[get, *canary-secret]", "Unresolved alias (the anchor must be set before the alias)."],
    ["|canary-secret", "Block scalar header includes extra characters at line 2, column 13."],
    ['"a\\qcanary"', "Invalid escape sequence at line 2, column 14."],
    ["!canary!secret x", "Could not resolve tag at line 2, column 12."],
    ["[", "Flow sequence in block collection must be sufficiently indented and end with a ]"],
  ])("that is broken at %s is told of without a word of it", async (value, said) => {
    write("repo/sub/config.yaml", `admin:\n  command: ${value}\n`);
    expect(await messageOf()).toContain(`is not valid YAML: ${said}`);
    expect(await messageOf()).not.toContain("canary");
  });

  it("must hold a mapping", async () => {
    const path = write("list.yaml", "- admin\n");
    expect(await messageOf(["--config", path])).toBe(
      `The Flyte config file ${path} must hold a mapping such as "admin:".`,
    );
  });

  it("has texts where texts are due", async () => {
    const path = write("nested.yaml", "admin:\n  endpoint:\n    host: x\n");
    expect(await messageOf(["--config", path])).toBe(`admin.endpoint in ${path} must be a text.`);
  });

  it.each(["admin:\n  endpoint: ''\n", "admin:\n  endpoint:\n", "admin: text\n", "admin:\n"])(
    "with an empty value leaves it out: %j",
    async (text) => {
      expect(await endpointFrom(["--config", write("e.yaml", text)])).toBeUndefined();
    },
  );

  it("is not read for --help and --version", async () => {
    const gone = join(root, "gone.yaml");
    const input = { argv: ["--help", "--config", gone], env: {}, cwd: root, home: root };
    expect((await readSettings(flyteSettings, input)).help).toBe(true);
  });
});
