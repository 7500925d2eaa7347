// Bundles the app in the current folder from sources into dist/main.js, with lazy parts in chunks of their own.
import { rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { collectLicenses } from "./licenses.mjs";

/** Zod exports its messages in forty languages as one object, which no bundler can shake; we speak one. */
const englishOnly = {
  name: "english-only",
  setup({ onLoad }) {
    const filter = /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/;
    onLoad({ filter }, () => ({ contents: 'export { default as en } from "./en.js";', loader: "js" }));
  },
};

rmSync("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["src/main.ts"],
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  plugins: [englishOnly],
  conditions: ["@flyte-mcp/source"],
  // Its main file requires its parts by a name that no bundler can follow.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  // CommonJS dependencies inside an ESM bundle call require for Node's own modules.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
writeFileSync("dist/THIRD-PARTY-LICENSES.txt", `${collectLicenses(metafile)}\n`);

const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
console.log(`dist: ${Object.keys(metafile.outputs).length} files, ${Math.round(bytes / 1024)} KiB`);
