import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox } from "@flyte-mcp/sandbox";
import { connectHttp, connectStdio } from "./clients.ts";
import type { Connection } from "./clients.ts";
import { createScratch } from "./scratch.ts";

const EXAMPLE = fileURLToPath(new URL("../../../examples/custom-group", import.meta.url));
const author = createScratch();
const operator = createScratch();
let plane: Awaited<ReturnType<typeof startSandbox>>;
let tarball = "";
let checks = "";

beforeAll(async () => {
  plane = await startSandbox({ paceMs: 20 });
  cpSync(EXAMPLE, author.path, { recursive: true });
  await author.npm("install");
  await author.npm("run", "build");
  checks = await author.npm("test");
  const [packed] = JSON.parse(await author.npm("pack", "--json")) as { filename: string }[];
  tarball = join(author.path, packed?.filename ?? "");
  cpSync(join(EXAMPLE, "serve"), join(operator.path, "serve"), { recursive: true });
  await operator.npm(
    "install",
    "@flyte-mcp/core",
    "@flyte-mcp/task",
    "@modelcontextprotocol/sdk@1.32.2",
    tarball,
  );
});
afterAll(async () => {
  author.remove();
  operator.remove();
  await plane.close();
});

const where = () => ["--endpoint", plane.url, "--project", "flytesnacks", "--domain", "development"];
const limits = ["--task-allowlist", "seed.add"];

it("passes the tests that its author wrote with @flyte-mcp/core/testing", () => {
  expect(checks).toMatch(/# pass 5\n# fail 0/);
});

it("brings nothing but core, the contract and what they need", () => {
  const ours = operator.installed().filter((name) => /^(@flyte-mcp|@acme)\//.test(name));
  expect([...new Set(ours)].sort()).toEqual([
    "@acme/flyte-mcp-group",
    "@flyte-mcp/core",
    "@flyte-mcp/idl",
    "@flyte-mcp/launch",
    "@flyte-mcp/literals",
    "@flyte-mcp/observe",
    "@flyte-mcp/task",
  ]);
});

/** What holds of the group wherever it is served under a task allowlist. */
async function expectServed({ tools, call, close }: Connection) {
  expect(await tools()).toEqual(expect.arrayContaining(["list_tasks", "get_task", "run_task", "count_runs"]));
  const ran = await call("run_task", { name: "seed.add", inputs: { a: 1 } });
  expect(ran.isError).toBe(false);
  const counted = await call("count_runs", { workflow: "seed.add" });
  expect(JSON.parse(counted.text)).toMatchObject({ total: expect.any(Number) as number });
  const before = plane.sandbox.calls().length;
  const { isError, text } = await call("count_runs", { workflow: "payroll.pay" });
  expect([isError, text]).toEqual([true, expect.stringContaining("not on this server's task allowlist")]);
  expect(plane.sandbox.calls()).toHaveLength(before);
  await close();
}

describe("a group from elsewhere, held to the policy", () => {
  it("is served over stdio by ten lines", async () => {
    await expectServed(await connectStdio(operator.path, ["serve/stdio.mjs", ...where(), ...limits]));
  });

  it("is served over HTTP by ten lines", async () => {
    const address = (stderr: string) => /port (\d+)/.exec(stderr)?.[1];
    const url = (stderr: string) => address(stderr) && `http://127.0.0.1:${address(stderr)}/mcp`;
    await expectServed(await connectHttp(operator.path, ["serve/http.mjs", ...where(), ...limits], url));
  });

  it("may be left out by its name, as any other", async () => {
    const { tools, close } = await connectStdio(operator.path, [
      "serve/stdio.mjs",
      ...where(),
      "--tool-groups",
      "acme-report",
    ]);
    expect(await tools()).toEqual(["count_runs"]);
    await close();
  });
});

describe("--group", () => {
  const command = "node_modules/flyte-mcp/dist/main.js";
  const http = "node_modules/flyte-mcp-http/dist/main.js";
  const group = ["--group", "@acme/flyte-mcp-group"];
  beforeAll(() => operator.npm("install", "flyte-mcp", "flyte-mcp-http"));

  it("loads a package that is installed beside flyte-mcp", async () => {
    await expectServed(await connectStdio(operator.path, [command, ...where(), ...limits, ...group]));
  });

  it("loads it into flyte-mcp-http too", async () => {
    const url = (stderr: string) => /server at (\S+)/.exec(stderr)?.[1];
    await expectServed(
      await connectHttp(operator.path, [http, "--port", "0", ...where(), ...limits, ...group], url),
    );
  });

  it("is known to policy explain", async () => {
    const question = ["policy", "explain", "--tool", "count_runs", "--task", "payroll.pay"];
    const { stdout } = await operator.node([command, ...question, ...where(), ...limits, ...group]);
    expect(stdout).toContain("count_runs: refused by task_allowlist");
  });

  it.each([
    ["@acme/no-such-group", "The package @acme/no-such-group of --group is not found from"],
    ["./serve", "The package ./serve of --group is not found from"],
    ["zod", "The package zod of --group exports no tool group"],
  ])("refuses %s in one sentence", async (name, sentence) => {
    const { code, stderr } = await operator.node([command, "--group", name]);
    expect(stderr).toContain(sentence);
    expect([code, stderr.trim().split("\n")]).toEqual([2, [stderr.trim()]]);
  });
});
