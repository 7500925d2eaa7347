import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const target = {
  command: "node tools/pack-check/pack-check.mjs {projectRoot}",
  dependsOn: ["build"],
  cache: true,
  inputs: [
    "production",
    { dependentTasksOutputFiles: "**/*" },
    "{workspaceRoot}/LICENSE",
    "{workspaceRoot}/tools/pack-check/*.mjs",
    "sharedGlobals",
  ],
  metadata: { description: "Packs the package and checks what would be published" },
};

function inferTargets(file, workspaceRoot) {
  const { private: isPrivate } = JSON.parse(readFileSync(join(workspaceRoot, file), "utf8"));
  return isPrivate ? {} : { projects: { [dirname(file)]: { targets: { "pack-check": target } } } };
}

export const name = "pack-check";

/** Nx plugin: every package that may be published has a `pack-check` target. */
export const createNodesV2 = [
  "{packages,apps}/*/package.json",
  (files, _options, { workspaceRoot }) => files.map((file) => [file, inferTargets(file, workspaceRoot)]),
];
