import { toCamel } from "./names.mjs";

/** The manifest of a group's package, with the versions that core has. */
export const groupManifest = (name, core) => ({
  name: `@flyte-mcp/${name}`,
  version: core.version,
  description: `Flyte MCP tools: ${name}`,
  license: "Apache-2.0",
  repository: { ...core.repository, directory: `packages/${name}` },
  type: "module",
  sideEffects: false,
  engines: core.engines,
  exports: {
    "./package.json": "./package.json",
    ".": { "@flyte-mcp/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
  },
  files: ["dist", "src", "!**/*.test.*", "!**/*.tsbuildinfo"],
  dependencies: {
    "@flyte-mcp/core": core.version,
    "@flyte-mcp/idl": core.dependencies["@flyte-mcp/idl"],
    zod: core.dependencies.zod,
  },
  publishConfig: { access: "public" },
  nx: { tags: ["type:group"] },
});

/** Its three configurations of TypeScript: package, sources, tests. */
export function groupTsconfigs() {
  const base = "../../tsconfig.base.json";
  const lib = { rootDir: "src", outDir: "dist", tsBuildInfoFile: "dist/tsconfig.lib.tsbuildinfo" };
  const spec = {
    outDir: "out-tsc/jest",
    types: ["node", "jest"],
    emitDeclarationOnly: true,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
  };
  const references = [{ path: "./tsconfig.lib.json" }];
  return {
    "tsconfig.json": {
      extends: base,
      files: [],
      include: [],
      references: [...references, { path: "./tsconfig.spec.json" }],
    },
    "tsconfig.lib.json": {
      extends: base,
      compilerOptions: lib,
      include: ["src/**/*.ts"],
      exclude: ["src/**/*.test.ts"],
      references: [{ path: "../core/tsconfig.lib.json" }],
    },
    "tsconfig.spec.json": { extends: base, compilerOptions: spec, include: ["src/**/*.test.ts"], references },
  };
}

/** Everything else of a group but its tools. */
export function groupFiles(name, tool) {
  const group = toCamel(name);
  return {
    "jest.config.cjs": `module.exports = { preset: "../../jest.preset.js", displayName: "${name}", rootDir: __dirname };\n`,
    "README.md": `# @flyte-mcp/${name}

The tool group \`${name}\` of [Flyte MCP](../../README.md): \`${tool}\`.

\`\`\`ts
import { ${group} } from "@flyte-mcp/${name}";
// createServer({ groups: [${group}], ... }) of @flyte-mcp/core
\`\`\`
`,
    "src/index.ts": `import { defineToolGroup } from "@flyte-mcp/core";

/** Tools of the group ${name}. */
export const ${group} = defineToolGroup({
  name: "${name}",
  description: "${name}: say in a line what its tools are for.",
  tools: [],
});
`,
    "src/conventions.test.ts": `import { checkConventions } from "@flyte-mcp/core/testing";
import { ${group} } from "./index.ts";

it("keeps the conventions for tools", () => {
  expect(checkConventions([${group}])).toEqual([]);
});
`,
  };
}
