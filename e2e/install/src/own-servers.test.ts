import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startSandbox } from "@flyte-mcp/sandbox";
import { connectStdio } from "./clients.ts";
import { createScratch } from "./scratch.ts";

/** A copy of an example, installed by its own manifest. */
async function installExample(name: string) {
  const scratch = createScratch();
  const example = fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));
  cpSync(example, scratch.path, { recursive: true });
  await scratch.npm("install");
  return scratch;
}

it("serves own tools alone, with no group of ours and no configuration of Flyte", async () => {
  const scratch = await installExample("generic-server");
  const { tools, call, instructions, close } = await connectStdio(scratch.path, ["server.mjs"]);
  expect(await tools()).toEqual(["convert_celsius"]);
  expect(JSON.parse((await call("convert_celsius", { celsius: 100 })).text)).toEqual({ fahrenheit: 212 });
  expect((await call("convert_celsius", { celsius: -300 })).text).toContain(
    "celsius: must be at least -273.15",
  );
  expect(instructions).toBeUndefined();
  const ours = scratch.installed().filter((name) => name.startsWith("@flyte-mcp/"));
  expect(ours.sort()).toEqual(["@flyte-mcp/core", "@flyte-mcp/idl"]);
  await close();
  scratch.remove();
});

it("serves a team its groups, its tools, its tasks and its instructions", async () => {
  const scratch = await installExample("filtered-server");
  const plane = await startSandbox({ paceMs: 20 });
  const where = ["--endpoint", plane.url, "--project", "flytesnacks", "--domain", "development"];
  const { tools, call, instructions, close } = await connectStdio(scratch.path, ["server.mjs", ...where]);
  expect(instructions).toContain("Only seed.add and seed.slow may be touched.");
  const names = await tools();
  expect(names).toEqual(expect.arrayContaining(["list_tasks", "run_task", "wait_for_run", "abort_run"]));
  expect(names.filter((name) => ["rerun_run", "list_secrets", "list_apps"].includes(name))).toEqual([]);
  const listed = JSON.parse((await call("list_tasks", {})).text) as { tasks: { name: string }[] };
  expect(listed.tasks.map(({ name }) => name).sort()).toEqual(["seed.add", "seed.slow"]);
  expect((await call("run_task", { name: "payroll.pay", inputs: {} })).text).toContain("task allowlist");
  const { name } = JSON.parse((await call("run_task", { name: "seed.add", inputs: { a: 1 } })).text) as {
    name: string;
  };
  expect((await call("wait_for_run", { name })).text).toContain('"succeeded"');
  expect(names).not.toContain("search_full_docs");
  const { text } = await call("search_flyte_sdk_examples", { pattern: "loads at night" });
  expect(text).toContain("nightly_load.py");
  await close();
  await plane.close();
  scratch.remove();
});
