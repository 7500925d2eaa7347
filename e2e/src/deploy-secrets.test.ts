import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toJsonString } from "@bufbuild/protobuf";
import { AppSchema } from "@flyte-mcp/idl/app/app_definition";
import { HTTP, runToEnd } from "./built-apps.ts";
import { DEPLOY, IMAGE, openPlane } from "./deploy-plane.ts";
import { createFlyte } from "@flyte-mcp/core";
import { createClient } from "@connectrpc/connect";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { startSandbox } from "@flyte-mcp/sandbox";

// Most of these planes have no login, so that it has to be said that anybody may call.
const image = ["--image", IMAGE, "--anyone-may-call"];
const TOKEN = "canary-token-0123456789";
const file = (text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), "flyte-mcp-e2e-")), "token");
  writeFileSync(path, text);
  return path;
};

describe("the deployer's credentials", () => {
  const robot = { clientId: "robot", clientSecret: "canary-client-secret-01" };
  const keyFor = (host: string) =>
    Buffer.from(`${host}:${robot.clientId}:${robot.clientSecret}:None`).toString("base64");

  it.each<[string, (url: string) => Record<string, string>, string[]]>([
    ["an API key", (url) => ({ FLYTE_API_KEY: keyFor(url) }), []],
    [
      "a client and its secret",
      () => ({ FLYTE_CLIENT_SECRET: robot.clientSecret }),
      ["--client-id", "robot"],
    ],
  ])("of %s reach the plane, and neither the app nor a text", async (_what, env, args) => {
    const plane = await startSandbox({ history: false, paceMs: 30, login: robot });
    const where = [...DEPLOY, "--endpoint", plane.url, ...args, ...image];
    const given = env(plane.url);
    const tried = await runToEnd(HTTP, [...where, "--dry-run"], { env: given });
    const done = await runToEnd(HTTP, [...where, "--no-wait"], { env: given });
    const place = { project: "flytesnacks", domain: "development" };
    const flyte = createFlyte({ endpoint: plane.url, ...place, ...robot });
    const apps = createClient(AppService, flyte.transport);
    const value = { ...place, name: "flyte-mcp" };
    const { app } = await apps.get({ identifier: { case: "appId", value } });
    await plane.close();
    expect([tried.code, done.code]).toEqual([0, 0]);
    const texts = [tried.stdout, tried.stderr, done.stdout, done.stderr, app && toJsonString(AppSchema, app)];
    expect(texts.join("\n")).not.toMatch(/canary|eyJ|access-/);
    for (const secret of Object.values(given)) expect(texts.join("\n")).not.toContain(secret);
  });

  const BY_TOKEN = { FLYTE_ACCESS_TOKEN: TOKEN };
  const leaks: [string, string[], Record<string, string>, string][] = [
    [
      "a variable of that value",
      ["--env", `SAFE_NAME=${TOKEN}`],
      BY_TOKEN,
      "--env SAFE_NAME holds a credential of your own",
    ],
    ["a variable with it inside", ["--env", `A=x${TOKEN}`], BY_TOKEN, "--secret KEY:A"],
    [
      "a token of a file",
      ["--env", `A=${TOKEN}`, "--access-token-file", file(`${TOKEN}\n`)],
      {},
      "--secret KEY:A",
    ],
    [
      "an API key",
      ["--env", `A=${Buffer.from(`h.example:c:${TOKEN}:o`).toString("base64")}`],
      { FLYTE_API_KEY: Buffer.from(`h.example:c:${TOKEN}:o`).toString("base64") },
      "--secret KEY:A",
    ],
    [
      "the secret inside an API key",
      ["--env", `A=${TOKEN}`],
      { FLYTE_API_KEY: Buffer.from(`h.example:c:${TOKEN}:o`).toString("base64") },
      "--secret KEY:A",
    ],
    [
      "an option of the server",
      ["--", "--title", TOKEN],
      BY_TOKEN,
      "What is to be deployed holds a credential of your own",
    ],
    [
      "the image",
      ["--image", `registry.example/${TOKEN}:1`],
      BY_TOKEN,
      "What is to be deployed holds a credential of your own",
    ],
  ];

  it.each(leaks)("are refused as %s, also when only tried", async (_what, args, env, sentence) => {
    const plane = await openPlane();
    for (const extra of [[], ["--dry-run"]]) {
      const { code, stdout, stderr } = await plane.deploy([...image, ...extra, ...args], env);
      expect(stderr).toContain(sentence);
      expect(stdout + stderr).not.toContain("canary");
      expect(code).toBe(2);
    }
    expect(plane.count("Create")).toBe(0);
    await plane.close();
  });
});

it.each([
  ...["FLYTE_API_KEY", "FLYTE_TOKEN", "FLYTE_ACCESS_TOKEN", "FLYTE_CLIENT_SECRET", "FLYTE_MCP_SHARED_SECRET"],
  ...["_UNION_EAGER_API_KEY", "EAGER_API_KEY", "UNION_API_KEY", "FLYTE_MCP_API_KEY", "FLYTE_MCP_SECRET_DB"],
])("refuses %s as a plain variable, and takes it as a secret", async (name) => {
  const plane = await openPlane();
  const { code, stdout, stderr } = await plane.deploy([...image, "--env", `${name}=canary-value`]);
  expect(stderr).toContain(`give --secret KEY:${name}.`);
  expect(stdout + stderr).not.toContain("canary");
  expect(code).toBe(2);
  const auth = name === "FLYTE_MCP_SHARED_SECRET" ? ["--", "--auth", "shared-secret"] : [];
  const taken = await plane.deploy([...image, "--dry-run", "--secret", `my-key:${name}`, ...auth]);
  expect(JSON.parse(taken.stdout)).toMatchObject({
    app: {
      spec: { securityContext: { secrets: [{ key: "my-key", mountRequirement: "ENV_VAR", envVar: name }] } },
    },
  });
  await plane.close();
});

it("shows nothing of what is given where a name belongs", async () => {
  const plane = await openPlane();
  for (const args of [
    ["--env", "=canary"],
    ["--env", "canary"],
    ["--secret", "canary canary"],
  ]) {
    const { code, stdout, stderr } = await plane.deploy([...image, ...args]);
    expect(stdout + stderr).not.toContain("canary");
    expect(code).toBe(2);
  }
  await plane.close();
});
