import { formatFiles, installPackagesTask, readJson, updateJson, writeJson } from "@nx/devkit";
import { groupFiles, groupManifest, groupTsconfigs } from "./group-files.mjs";
import { toKebab } from "./names.mjs";
import { generateTool } from "./tool.mjs";

const RESERVED = ["all", "core", "idl", "launch", "literals", "observe", "sandbox"];

/** Writes a package with a tool group of one tool, which lint, types and tests accept as it is. */
export async function generateGroup(tree, { name, tool = `get_${name.replaceAll("-", "_")}` }) {
  const folder = `packages/${name}`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(`"${name}" is not lower-case words joined by dashes`);
  if (RESERVED.includes(name) || tree.exists(`${folder}/package.json`)) throw new Error(`"${name}" is taken`);
  writeJson(
    tree,
    `${folder}/package.json`,
    groupManifest(name, readJson(tree, "packages/core/package.json")),
  );
  for (const [file, content] of Object.entries(groupTsconfigs()))
    writeJson(tree, `${folder}/${file}`, content);
  for (const [file, content] of Object.entries(groupFiles(name, tool)))
    tree.write(`${folder}/${file}`, content);
  tree.write(`${folder}/LICENSE`, tree.read("LICENSE"));
  updateJson(tree, "tsconfig.json", ({ references, ...rest }) => ({
    ...rest,
    references: [...references, { path: `./${folder}` }],
  }));
  await generateTool(tree, { name: tool, group: name });
  await formatFiles(tree);
  return () => {
    installPackagesTask(tree, true);
    console.log(
      `packages/${name}/src/${toKebab(tool)}.ts is its first tool; packages/composition/src/create-groups.ts composes it.`,
    );
  };
}
