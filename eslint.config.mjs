import { defineConfig } from "eslint/config";
import nx from "@nx/eslint-plugin";
import jsoncParser from "jsonc-eslint-parser";
import tseslint from "typescript-eslint";
import { fileName } from "./tools/lint/file-name.mjs";

const CODE = ["**/*.{ts,mts,js,mjs}"];
const TESTS = ["**/*.test.{ts,mjs}"];
const CONFIGS = ["**/*.config.{ts,mjs}", "jest.preset.js"];
const SHIPPED = ["packages/**/*.{ts,mjs}", "apps/**/*.{ts,mjs}"];

/** The only places that may know the MCP SDK: moving to another major version is an edit of these. */
const MCP_SDK_ROOMS = [
  "packages/core/src/server*.ts",
  "packages/core/src/server/**/*.ts",
  "packages/core/src/testing/**/*.ts",
  "apps/**/*.{ts,mjs}",
  "e2e/**/*.{ts,mjs}",
  "tools/mcpb/*.mjs",
  "tools/image/*.mjs",
];

const GROUP_BANS = ["@connectrpc/connect-node", "@connectrpc/connect-web", "@modelcontextprotocol/*"];

const allow = (sourceTag, tags, bannedExternalImports) => ({
  sourceTag,
  onlyDependOnLibsWithTags: tags,
  ...(bannedExternalImports && { bannedExternalImports }),
});

function createBoundaries({ groupTags, ...more }) {
  const depConstraints = [
    allow("type:idl", []),
    allow("type:literals", ["type:idl"]),
    allow("type:core", ["type:idl"]),
    allow("type:sandbox", ["type:idl", "type:literals"]),
    allow("type:observe", ["type:core", "type:literals", "type:idl"], GROUP_BANS),
    allow("type:launch", ["type:core", "type:literals", "type:idl"], GROUP_BANS),
    allow("type:images", ["type:core", "type:idl"], GROUP_BANS),
    allow("type:group", groupTags, GROUP_BANS),
    allow("type:clients", [], GROUP_BANS),
    allow("type:composition", ["type:core", "type:group"], GROUP_BANS),
    allow("type:app", [
      ...["type:core", "type:sandbox", "type:composition", "type:clients", "type:idl"],
      // The life of an app, which `deploy` follows as the tools do.
      "type:group",
    ]),
    { sourceTag: "type:e2e", notDependOnLibsWithTags: ["type:tool"] },
    { sourceTag: "type:tool", notDependOnLibsWithTags: ["type:tool"] },
  ];
  const options = {
    depConstraints,
    enforceBuildableLibDependency: true,
    banTransitiveDependencies: true,
    // Subpaths are modules of their own: one may be loaded lazily and another not.
    checkDynamicDependenciesExceptions: [".*"],
    ...more,
  };
  return { "@nx/enforce-module-boundaries": ["error", options] };
}

const GROUP_TAGS = ["type:core", "type:launch", "type:observe", "type:images", "type:literals", "type:idl"];
const GROUP_TEST_TAGS = [...GROUP_TAGS, "type:sandbox"];

const SYNTAX_BANS = [
  ["ClassDeclaration, ClassExpression", "No classes: a function that closes over its options does it."],
  ["TSEnumDeclaration", "No enum: it is not erasable. Use a union of strings."],
  ["TSModuleDeclaration[kind='namespace']", "No namespace: a module is one."],
  ["ExportAllDeclaration", "No 'export *': name what you export."],
];

const DEFAULT_EXPORT_BANS = [
  ["ExportDefaultDeclaration, ExportSpecifier[exported.name='default']", "No default export: name it."],
];

const SDK_IMPORT_BANS = [
  [
    "ImportExpression[source.value=/^@modelcontextprotocol\\u002F/]",
    "Only core's server and the apps know it.",
  ],
];

const STDOUT = "stdout belongs to the protocol: only an app may touch it.";

const restrictSyntax = (...bans) => ({
  "no-restricted-syntax": ["error", ...bans.flat().map(([selector, message]) => ({ selector, message }))],
});

export default defineConfig(
  {
    ignores: [
      "**/dist/**",
      "**/out-tsc/**",
      "**/gen/**",
      "**/coverage/**",
      "**/fixtures/**",
      "**/*.cjs",
      "**/.nx/**",
    ],
  },
  {
    files: CODE,
    extends: [...tseslint.configs.strict],
    plugins: { "@nx": nx, local: { rules: { "file-name": fileName } } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      ...createBoundaries({ groupTags: GROUP_TAGS }),
      ...restrictSyntax(SYNTAX_BANS, DEFAULT_EXPORT_BANS, SDK_IMPORT_BANS),
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "local/file-name": "error",
      "max-lines": ["error", { max: 250 }],
      "max-lines-per-function": ["error", { max: 50 }],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^@modelcontextprotocol/", message: "Only core's server and the apps know it." },
          ],
        },
      ],
    },
  },
  { files: SHIPPED, rules: { "no-console": ["error", { allow: ["error", "warn"] }] } },
  {
    files: ["packages/**/*.{ts,mjs}"],
    rules: {
      "no-restricted-properties": ["error", { object: "process", property: "stdout", message: STDOUT }],
      "@typescript-eslint/no-restricted-imports": [
        "error",
        ...["process", "node:process"].map((name) => ({ name, importNames: ["stdout"], message: STDOUT })),
      ],
    },
  },
  {
    files: MCP_SDK_ROOMS,
    rules: {
      "no-restricted-imports": "off",
      ...restrictSyntax(SYNTAX_BANS, DEFAULT_EXPORT_BANS),
    },
  },
  { files: CONFIGS, rules: restrictSyntax(SYNTAX_BANS) },
  { files: ["packages/*/src/**/index.ts"], rules: { "max-lines": ["error", { max: 40 }] } },
  {
    files: TESTS,
    rules: {
      ...createBoundaries({ groupTags: GROUP_TEST_TAGS }),
      "@typescript-eslint/no-non-null-assertion": "off",
      "max-lines-per-function": "off",
    },
  },
  {
    // Strangers' packages and servers: in no room of the workspace, and run by e2e/install.
    files: ["examples/**/*.{ts,mjs}"],
    rules: {
      "@nx/enforce-module-boundaries": "off",
      "no-restricted-imports": "off",
      ...restrictSyntax(SYNTAX_BANS, DEFAULT_EXPORT_BANS),
    },
  },
  {
    // Its test goes through its own subpaths, as every importer does.
    files: ["packages/idl/src/*.test.ts"],
    rules: createBoundaries({ groupTags: GROUP_TEST_TAGS, allowCircularSelfDependency: true }),
  },
  {
    // Apps are bundles, and the rest is never published: what these import they only need here.
    files: ["packages/*/package.json"],
    plugins: { "@nx": nx },
    languageOptions: { parser: jsoncParser },
    rules: {
      "@nx/dependency-checks": [
        "error",
        {
          ignoredFiles: ["{projectRoot}/**/*.test.{ts,mjs}", "{projectRoot}/jest.config.cjs"],
          checkVersionMismatches: true,
        },
      ],
    },
  },
  {
    // Only generated code imports it, and generated code is in no project graph.
    files: ["packages/idl/package.json"],
    rules: { "@nx/dependency-checks": ["error", { ignoredDependencies: ["@bufbuild/protobuf"] }] },
  },
);
