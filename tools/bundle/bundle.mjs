// Bundles the app in the current folder from sources: dist/app.js, and dist/main.js that starts it.
import { createHash } from "node:crypto";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { englishOnly } from "./english-only.mjs";
import { noRawBody } from "./no-raw-body.mjs";
import { oneZod } from "./one-zod.mjs";
import { lazyImports } from "./lazy-imports.mjs";
import { collectLicenses } from "./licenses.mjs";
import { withListings } from "./listings.mjs";

const { bin } = JSON.parse(readFileSync("package.json", "utf8"));
const [command] = Object.keys(bin);
const KEEP_AFTER_MS = 1_500;

const resolving = {
  conditions: ["@flyte-mcp/source"],
  // Its main file requires its parts by a name that no bundler can follow.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  target: "node20.19",
};

rmSync("dist", { recursive: true, force: true });
const { metafile } = await build({
  ...resolving,
  entryPoints: { app: "src/main.ts" },
  outdir: "dist",
  bundle: true,
  // One file whose compiled code can be kept; its modules are evaluated when they are needed.
  format: "cjs",
  platform: "node",
  supported: { "dynamic-import": false },
  plugins: [withListings(resolving), englishOnly, oneZod, noRawBody, lazyImports],
  minify: true,
  // What start.cjs calls with what a module needs; an import() of its own would fail in code that was kept.
  banner: { js: "(function (exports, require, module, __filename, __dirname, __importHere) {" },
  footer: { js: "})" },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
writeFileSync("dist/THIRD-PARTY-LICENSES.txt", `${collectLicenses(metafile)}\n`);
writeFileSync("dist/package.json", '{"type":"commonjs"}\n');

const app = readFileSync("dist/app.js");
if (/[^\w.$]import\(/.test(app))
  throw new Error("app.js has an import() that would fail in code that was kept");
const start = readFileSync(fileURLToPath(new URL("start.cjs", import.meta.url)), "utf8");
const { code } = await transform(start, {
  define: {
    __COMMAND__: JSON.stringify(command),
    __BUILD__: JSON.stringify(createHash("sha256").update(app).digest("hex").slice(0, 16)),
    __KEEP_AFTER_MS__: String(KEEP_AFTER_MS),
  },
  minifyWhitespace: true,
  target: "node14",
});
writeFileSync("dist/main.js", `#!/usr/bin/env node\n${code}`);
chmodSync("dist/main.js", 0o755);
console.log(`dist: ${Math.round((app.length + code.length) / 1024)} KiB`);
