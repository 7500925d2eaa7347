import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { connectStdio } from "./clients.ts";
import { createScratch } from "./scratch.ts";
import type { Scratch } from "./scratch.ts";

interface Published {
  name: string;
  exports?: Record<string, { default?: string }>;
  bin?: Record<string, string>;
}

const published = JSON.parse(process.env["FLYTE_MCP_TEST_PACKAGES"] ?? "[]") as Published[];
const libraries = published.filter(({ bin }) => bin === undefined);
const commands = published.flatMap(({ name, bin = {} }) => Object.values(bin).map((file) => [name, file]));

const newer = ["node22", "node24"].map((name) => ({
  name,
  path: fileURLToPath(new URL(`../nodes/node_modules/${name}/bin/node`, import.meta.url)),
}));
const nodes = [
  { name: "this Node", path: process.execPath },
  ...newer.filter(({ path }) => existsSync(path)),
];

/** What a library gives to those who import it, but for wildcards and files of data. */
function modulesOf({ name, exports = {} }: Published): string[] {
  const paths = Object.entries(exports).filter(([path, { default: file }]) => file && !path.includes("*"));
  const example = name === "@flyte-mcp/idl" ? [`${name}/task/task_service`] : [];
  return [...paths.map(([path]) => `${name}${path.slice(1)}`), ...example];
}

async function importAll(scratch: Scratch, node: string, modules: readonly string[]) {
  const imports = modules.map((module) => `Object.keys(await import(${JSON.stringify(module)})).length`);
  const body = `console.log(JSON.stringify([${imports.join(",")}]))`;
  return scratch.node(["--input-type=module", "--eval", body], node);
}

// The programs come from the registry and are for Linux on x64; elsewhere their tests say so by being skipped.
for (const { name } of newer.filter(({ path }) => !existsSync(path)))
  it.skip(`runs on ${name}, which the target "nodes" of this project could not install here`, () =>
    undefined);

describe.each(libraries)("$name, installed alone", (library) => {
  const scratch = createScratch();
  beforeAll(() => scratch.npm("install", library.name));
  afterAll(() => scratch.remove());

  it.each(nodes)("can be imported by $name", async ({ path }) => {
    const modules = modulesOf(library);
    const { code, stdout, stderr } = await importAll(scratch, path, modules);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(modules.map(() => expect.any(Number) as number));
    expect(modules.length).toBeGreaterThan(0);
    expect(stdout).not.toMatch(/\b0\b/);
  });
});

describe.each(commands)("%s, installed alone", (name, file) => {
  const scratch = createScratch();
  const command = `node_modules/${name}/${file}`;
  beforeAll(() => scratch.npm("install", String(name)));
  afterAll(() => scratch.remove());

  it.each(nodes)("starts with $name", async ({ path }) => {
    const { code, stdout, stderr } = await scratch.node([command, "--version"], path);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
  });
});

it.each(nodes)("flyte-mcp answers a question with $name", async ({ path }) => {
  const scratch = createScratch();
  await scratch.npm("install", "flyte-mcp");
  const args = ["node_modules/flyte-mcp/dist/main.js", "--sandbox"];
  const { call, close } = await connectStdio(scratch.path, args, {}, path);
  const { isError, text } = await call("list_tasks", {});
  expect([isError, text]).toEqual([false, expect.stringContaining("seed.add")]);
  await close();
  scratch.remove();
});
