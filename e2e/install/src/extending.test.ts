import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox } from "@flyte-mcp/sandbox";
import { connectStdio } from "./clients.ts";
import { createScratch } from "./scratch.ts";

const page = readFileSync(new URL("../../../docs/extending.md", import.meta.url), "utf8");

/** The code of a kind that the page has a stranger type, in its order. */
function listBlocks(kind: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\``, "gms"))].map(([, code]) => code ?? "");
}

it("leads from an empty folder to a group that passes its tests and is served, by the letter of docs/extending.md", async () => {
  const author = createScratch();
  rmSync(join(author.path, "package.json"));
  const [steps = ""] = listBlocks("sh");
  const [tool = "", group = "", tests = ""] = listBlocks("ts");
  for (const line of steps.trim().split("\n").slice(1)) await author.shell(line);
  mkdirSync(join(author.path, "src"));
  writeFileSync(join(author.path, "src/count-runs.ts"), tool);
  writeFileSync(join(author.path, "src/index.ts"), group);
  writeFileSync(join(author.path, "src/index.test.ts"), tests);
  expect(await author.shell("npm run build && npm test")).toMatch(/# pass 2\n# fail 0/);
  await author.npm("pkg", "set", "name=@acme/report");
  const [packed] = JSON.parse(await author.npm("pack", "--json")) as { filename: string }[];

  const operator = createScratch();
  await operator.npm("install", "flyte-mcp", join(author.path, packed?.filename ?? ""));
  const plane = await startSandbox({ paceMs: 20 });
  const where = ["--endpoint", plane.url, "--project", "flytesnacks", "--domain", "development"];
  const command = ["node_modules/flyte-mcp/dist/main.js", ...where, "--group", "@acme/report", "--read-only"];
  const { call, close } = await connectStdio(operator.path, command);
  expect(JSON.parse((await call("count_runs", { task_name: "seed.add" })).text)).toHaveProperty("total");
  await close();
  await plane.close();
  author.remove();
  operator.remove();
});
