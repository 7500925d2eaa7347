import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { runToEnd } from "../built-apps.ts";
import { CONFORMANCE } from "../client-programs.ts";

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const GROUP = "conformance-group";

/** A folder in whose node_modules the fixtures' group lies as an installed package, for `--group`. */
export async function installGroup(): Promise<{ cwd: string; name: string }> {
  const cwd = mkdtempSync(join(tmpdir(), "flyte-mcp-conformance-"));
  const folder = join(cwd, "node_modules", GROUP);
  mkdirSync(folder, { recursive: true });
  const manifest = { name: GROUP, version: "1.0.0", type: "module", exports: "./index.js" };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  await build({
    entryPoints: [here("group.ts")],
    outfile: join(folder, "index.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["@flyte-mcp/source"],
    // CommonJS dependencies inside an ESM bundle call require for Node's own modules.
    banner: {
      js: 'import { createRequire as __create } from "node:module"; const require = __create(import.meta.url);',
    },
  });
  return { cwd, name: GROUP };
}

/** How many checks of one scenario ended so; what is only told counts nowhere. */
export interface Score {
  name: string;
  passed: number;
  failed: number;
}

/** Runs what the suite requires of a server for a revision of MCP; throws its output when it judged nothing. */
export async function runSuite(url: string, revision: string): Promise<Score[]> {
  const results = mkdtempSync(join(tmpdir(), "flyte-mcp-conformance-"));
  const command = ["server", "--url", url, "--requirements", revision, "--output-dir", results];
  const preload = ["--import", new URL("with-glob-sync.mjs", import.meta.url).href];
  const [file = "", ...args] = [...preload, CONFORMANCE, ...command];
  const { stdout, stderr } = await runToEnd(file, args);
  const scores = readdirSync(results).map((folder) => readScore(folder, results));
  if (scores.length === 0) throw new Error(`the suite judged nothing: ${stdout}\n${stderr}`);
  return scores.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readScore(folder: string, results: string): Score {
  const name = /^server-(.*)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(folder)?.[1] ?? folder;
  const checks = JSON.parse(readFileSync(join(results, folder, "checks.json"), "utf8")) as Check[];
  const count = (status: string) => checks.filter((check) => check.status === status).length;
  return { name, passed: count("SUCCESS"), failed: count("FAILURE") };
}

interface Check {
  status: string;
}
