import { formatFiles } from "@nx/devkit";
import { assertToolName, toCamel, toKebab } from "./names.mjs";
import { toolSource, toolTest } from "./tool-files.mjs";

/** Writes a tool and its test into a group, and lists it there. */
export async function generateTool(tree, { name, group, effect = "read" }) {
  assertToolName(name);
  const folder = `packages/${group}/src`;
  const index = `${folder}/index.ts`;
  if (!tree.exists(index)) throw new Error(`There is no group "${group}": ${index} does not exist`);
  const file = `${folder}/${toKebab(name)}.ts`;
  if (tree.exists(file)) throw new Error(`${file} exists`);
  tree.write(file, toolSource(name, effect));
  tree.write(file.replace(/ts$/, "test.ts"), toolTest(name, readGroup(tree.read(index, "utf8"))));
  tree.write(index, listTool(tree.read(index, "utf8"), name));
  await formatFiles(tree);
}

/** How a test names the group that an index exports: a constant, or a function of options. */
function readGroup(source) {
  const [, kind, name] = /export (const|function) (\w+)/.exec(source) ?? [];
  return { export: name, call: kind === "function" ? `${name}()` : name };
}

/** The index with one more tool, at the end of the group's list. */
function listTool(source, name) {
  const [whole, tools] = /tools: \[([^\]]*)\]/.exec(source) ?? [];
  if (whole === undefined) throw new Error("The group's index has no list of tools");
  const names = [...tools.split(",").map((tool) => tool.trim()), toCamel(name)].filter(Boolean);
  const imports = [...source.matchAll(/^import .*;\n/gm)];
  const last = imports.at(-1);
  const end = last ? last.index + last[0].length : 0;
  const line = `import { ${toCamel(name)} } from "./${toKebab(name)}.ts";\n`;
  return (source.slice(0, end) + line + source.slice(end)).replace(whole, `tools: [${names.join(", ")}]`);
}
