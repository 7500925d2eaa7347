import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Those that lazy-imports.mjs loads are named with what they are.
const NODE_MODULES = /^(?:lazy:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** The licence texts of all packages that went into a bundle, which their licences ask to pass on. */
export function collectLicenses(metafile) {
  const folders = Object.keys(metafile.inputs).flatMap((input) => NODE_MODULES.exec(input)?.[1] ?? []);
  return [...new Set(folders)].sort().map(describe).join("\n\n");
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8").trim();
  return [`${name} ${version} (${license})`, text].filter(Boolean).join("\n\n");
}
