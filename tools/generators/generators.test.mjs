import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTree } from "@nx/devkit/testing";
import { FsTree } from "nx/src/generators/tree.js";
import { check } from "prettier";
import { generateGroup } from "./tool-group.mjs";
import { generateTool } from "./tool.mjs";

const workspace = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, workspace), "utf8");

/** A tree with what the generators read of this workspace. */
function plant(...more) {
  const tree = createTree();
  const files = [
    "LICENSE",
    "tsconfig.json",
    ".prettierrc.json",
    "package.json",
    "nx.json",
    "packages/core/package.json",
    ...more,
  ];
  for (const file of files) tree.write(file, read(file));
  return tree;
}

const source = (tree, path) => tree.read(path, "utf8");

describe("nx g @flyte-mcp/tools:tool-group", () => {
  it("writes a package with everything that the other groups have", async () => {
    const tree = plant();
    await generateGroup(tree, { name: "audit-log" });
    expect(tree.children("packages/audit-log").sort()).toEqual([
      "LICENSE",
      "README.md",
      "jest.config.cjs",
      "package.json",
      "src",
      "tsconfig.json",
      "tsconfig.lib.json",
      "tsconfig.spec.json",
    ]);
    expect(tree.children("packages/audit-log/src").sort()).toEqual([
      "conventions.test.ts",
      "get-audit-log.test.ts",
      "get-audit-log.ts",
      "index.ts",
    ]);
    expect(source(tree, "packages/audit-log/src/index.ts")).toContain("tools: [getAuditLog]");
    expect(source(tree, "tsconfig.json")).toContain('"./packages/audit-log"');
  });

  it("gives it the manifest of a group, with this workspace's versions", async () => {
    const tree = plant();
    await generateGroup(tree, { name: "audit-log" });
    const manifest = JSON.parse(source(tree, "packages/audit-log/package.json"));
    const { exports, files, nx, engines, dependencies } = JSON.parse(read("packages/identity/package.json"));
    expect(manifest).toMatchObject({ exports, files, nx, engines });
    for (const [name, version] of Object.entries(manifest.dependencies))
      expect(dependencies[name]).toBe(version);
  });

  it("writes what Prettier would, in this workspace", async () => {
    const tree = new FsTree(fileURLToPath(workspace), false);
    await generateGroup(tree, { name: "audit-log", tool: "list_entries" });
    const options = JSON.parse(read(".prettierrc.json"));
    const written = tree.listChanges().filter(({ path }) => /\.(ts|json|md)$/.test(path));
    const isPretty = ({ path, content }) => check(String(content), { ...options, filepath: path });
    const pretty = await Promise.all(written.map(async (file) => [file.path, await isPretty(file)]));
    expect(pretty).toEqual(written.map(({ path }) => [path, true]));
  });

  it.each(["core", "identity", "Audit", "audit_log"])("refuses the name %s", async (name) => {
    await expect(generateGroup(plant("packages/identity/package.json"), { name })).rejects.toThrow(name);
  });
});

describe("nx g @flyte-mcp/tools:tool", () => {
  it("adds a tool to a group that is a constant", async () => {
    const tree = plant("packages/identity/src/index.ts");
    await generateTool(tree, { name: "count_things", group: "identity", effect: "write" });
    expect(source(tree, "packages/identity/src/index.ts")).toContain("tools: [whoami, countThings]");
    expect(source(tree, "packages/identity/src/count-things.ts")).toContain('effect: "write"');
    expect(source(tree, "packages/identity/src/count-things.test.ts")).toContain("groups: [identity]");
  });

  it("adds a tool to a group that is a function of options", async () => {
    const tree = plant("packages/secret/src/index.ts");
    await generateTool(tree, { name: "count_things", group: "secret" });
    expect(source(tree, "packages/secret/src/index.ts")).toContain("deleteSecret, countThings]");
    expect(source(tree, "packages/secret/src/count-things.test.ts")).toContain("groups: [secret()]");
  });

  it.each([
    ["countThings", "identity", "is no tool's name"],
    ["count_things", "nothing", 'There is no group "nothing"'],
    ["whoami", "identity", "packages/identity/src/whoami.ts exists"],
  ])("refuses %s in %s", async (name, group, sentence) => {
    const tree = plant("packages/identity/src/index.ts", "packages/identity/src/whoami.ts");
    await expect(generateTool(tree, { name, group })).rejects.toThrow(sentence);
  });
});
