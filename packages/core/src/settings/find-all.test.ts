import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flyteSettings } from "./definitions.ts";
import { readSettings } from "./read-settings.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "flyte-mcp-"));
  mkdirSync(join(home, ".flyte"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const keyOf = (text: string) => Buffer.from(text).toString("base64");
const KEY = keyOf("key.example:443:id:se:cret:key-org");

function read(env: Record<string, string> = {}, argv: string[] = []) {
  return readSettings(flyteSettings, { argv, env, cwd: home, home });
}

function writeFile(text: string): string {
  const path = join(home, ".flyte", "config.yaml");
  writeFileSync(path, text);
  return path;
}

/** Endpoint, org and project, each with its source. */
async function placesOf(env: Record<string, string>, argv: string[] = []) {
  const { values, sources } = await read(env, argv);
  return (["endpoint", "org", "project"] as const).map((key) =>
    values[key] === undefined ? undefined : `${String(values[key])} by ${sources[key]?.split(" in ")[0]}`,
  );
}

describe("an API key", () => {
  it("supplies endpoint and organization; the file keeps project, domain and trust", async () => {
    writeFile(
      "admin:\n  endpoint: file\n  insecure: true\n  caCertFilePath: ~/ca.pem\ntask:\n  org: fo\n  project: fp\n",
    );
    expect(await placesOf({ FLYTE_API_KEY: KEY })).toEqual([
      "key.example:443 by FLYTE_API_KEY",
      "key-org by FLYTE_API_KEY",
      "fp by task.project",
    ]);
    const { values } = await read({ FLYTE_API_KEY: KEY });
    // Plain HTTP was for the file's endpoint.
    expect([values.insecure, values.caFile]).toEqual([undefined, join(home, "ca.pem")]);
  });

  it("gives way to what a person sets, by flag or variable", async () => {
    const env = { FLYTE_API_KEY: KEY, FLYTE_ENDPOINT: "env", FLYTE_ORG: "eo" };
    expect(await placesOf(env)).toEqual(["env by FLYTE_ENDPOINT", "eo by FLYTE_ORG", undefined]);
    expect(await placesOf({ FLYTE_API_KEY: KEY }, ["--org", "o", "--endpoint=e"])).toEqual([
      "e by --endpoint",
      "o by --org",
      undefined,
    ]);
  });

  it("of no organization takes the file's", async () => {
    writeFile("task:\n  org: fo\n");
    const env = { FLYTE_API_KEY: keyOf("key.example:id:secret:None") };
    expect((await placesOf(env))[1]).toBe("fo by task.org");
  });

  it("that cannot be read is refused and not shown", async () => {
    await expect(read({ FLYTE_API_KEY: "canary-key!" })).rejects.toThrow(/^The API key cannot be read/);
    await expect(read({ FLYTE_API_KEY: "canary-key!" })).rejects.not.toThrow(/canary/);
  });
});

describe("a container's environment", () => {
  const CLUSTER = {
    _U_EP_OVERRIDE: "flyte-binary-http.flyte:8090",
    _U_INSECURE: "true",
    _U_ORG_NAME: "cluster-org",
    FLYTE_INTERNAL_EXECUTION_PROJECT: "cp",
    FLYTE_INTERNAL_EXECUTION_DOMAIN: "cd",
  };

  it("stands below a person's variables and above a file", async () => {
    writeFile("admin:\n  endpoint: file\ntask:\n  org: fo\n  project: fp\n");
    expect(await placesOf(CLUSTER)).toEqual([
      "flyte-binary-http.flyte:8090 by _U_EP_OVERRIDE",
      "cluster-org by _U_ORG_NAME",
      "cp by FLYTE_INTERNAL_EXECUTION_PROJECT",
    ]);
    expect((await read(CLUSTER)).values).toMatchObject({ insecure: true, domain: "cd" });
    expect(await placesOf({ ...CLUSTER, FLYTE_ENDPOINT: "e", FLYTE_PROJECT: "p" })).toEqual([
      "e by FLYTE_ENDPOINT",
      "cluster-org by _U_ORG_NAME",
      "p by FLYTE_PROJECT",
    ]);
  });

  it("gives way to a file that is named, but for the place of calls", async () => {
    const path = writeFile("admin:\n  endpoint: file\ntask:\n  project: fp\n");
    const env = { ...CLUSTER, FLYTECTL_CONFIG: path, EAGER_API_KEY: KEY };
    const [endpoint, org, project] = await placesOf(env);
    expect([endpoint, org, project]).toEqual([
      "file by admin.endpoint",
      "cluster-org by _U_ORG_NAME",
      "cp by FLYTE_INTERNAL_EXECUTION_PROJECT",
    ]);
    expect((await read(env)).values.apiKey).toBeUndefined();
  });

  it("may hold a key, whose endpoint counts and whose organization does not", async () => {
    const other = keyOf("other.example:id:secret:x");
    const env = { ...CLUSTER, _UNION_EAGER_API_KEY: KEY, EAGER_API_KEY: other };
    expect((await placesOf(env)).slice(0, 2)).toEqual([
      "key.example:443 by _UNION_EAGER_API_KEY",
      "cluster-org by _U_ORG_NAME",
    ]);
    expect((await read(env)).values.insecure).toBeUndefined();
  });

  it.each([
    ["FLYTE_AUTH_TYPE", "None"],
    ["FLYTE_AUTH_COMMAND", "get-token"],
    ["FLYTE_ACCESS_TOKEN", "t0ken"],
  ])("offers no key to whoever sets %s", async (name, value) => {
    const { values } = await read({ ...CLUSTER, EAGER_API_KEY: KEY, [name]: value });
    expect([values.apiKey, values.endpoint]).toEqual([undefined, CLUSTER._U_EP_OVERRIDE]);
  });

  it("means plain HTTP for a plane on the same machine", async () => {
    const { values } = await read({ _U_EP_OVERRIDE: "host.docker.internal:8090" });
    expect(values.insecure).toBe(true);
    const told = await read({ _U_EP_OVERRIDE: "host.docker.internal:8090", FLYTE_ADMIN_INSECURE: "0" });
    expect(told.values.insecure).toBe(false);
  });

  it.each(["K_SERVICE", "_U_EP_OVERRIDE"])("with %s finds no file in the working directory", async (name) => {
    const cwd = join(home, "code");
    mkdirSync(join(cwd, ".flyte"), { recursive: true });
    writeFileSync(join(cwd, ".flyte", "config.yaml"), "task:\n  project: stray\n");
    const input = { argv: [], cwd, home };
    expect((await readSettings(flyteSettings, { ...input, env: {} })).values.project).toBe("stray");
    const contained = await readSettings(flyteSettings, { ...input, env: { [name]: "x" } });
    expect([contained.values.project, contained.file]).toEqual([undefined, undefined]);
  });
});

describe("two names of one setting", () => {
  it("that differ are warned of, without their values", async () => {
    const { values, warnings } = await read({ FLYTE_AUTH_TYPE: "pkce", FLYTE_ADMIN_AUTHTYPE: "canary" });
    expect(values.authType).toBe("pkce");
    expect(warnings).toEqual(["FLYTE_AUTH_TYPE and FLYTE_ADMIN_AUTHTYPE differ; FLYTE_AUTH_TYPE is used."]);
  });

  it("that agree, or of which one is ours, are not", async () => {
    const same = await read({ FLYTE_ORG: "o", FLYTE_TASK_ORG: "o" });
    const own = await read({ FLYTE_MCP_ORG: "o", FLYTE_ORG: "other" });
    expect([same.warnings, own.warnings, own.values.org]).toEqual([[], [], "o"]);
  });
});

describe("a file of the first CLI", () => {
  it("is read as a last resort, with a word on it", async () => {
    const path = writeFile(
      "union:\n  connection:\n    host: dns:///old.example\n    insecure: true\n  auth:\n    type: Pkce\n",
    );
    const { values, sources, warnings } = await read();
    expect(values).toMatchObject({ endpoint: "dns:///old.example", insecure: true, authType: "Pkce" });
    expect(sources.endpoint).toBe(`union.connection.host in ${path}`);
    expect(warnings).toContain(
      `union.connection.host in ${path} is a key of the first flyte CLI; write it as admin.endpoint.`,
    );
    expect(warnings).toHaveLength(3);
  });

  it("gives way to the keys of today", async () => {
    writeFile("admin:\n  endpoint: new\nunion:\n  connection:\n    host: old\n");
    const { values, warnings } = await read();
    expect([values.endpoint, warnings]).toEqual(["new", []]);
  });
});

it("says that https overrules a word for plain HTTP", async () => {
  const { warnings } = await read({ FLYTE_ENDPOINT: "https://h.example", FLYTE_ADMIN_INSECURE: "true" });
  expect(warnings).toEqual(["The endpoint says https, so FLYTE_ADMIN_INSECURE does not count."]);
});
