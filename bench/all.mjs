// All benchmarks, or the named ones, and one table of ratios: npm run bench [-- start http ...]
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ALL = ["start", "http", "latency", "actions", "wait-for-run", "search", "auth", "literals", "logs"];
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !ALL.includes(name));
if (unknown) {
  console.error(`There is no benchmark "${unknown}"; there are ${ALL.join(", ")}.`);
  process.exit(2);
}

const file = join(mkdtempSync(join(tmpdir(), "flyte-mcp-bench-")), "ratios");
// It costs 80 ms at every start of Node 20 and would hide what is measured.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
let failed = 0;
for (const name of asked.length > 0 ? asked : ALL) {
  console.log(`\n== ${name}`);
  const path = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const { status } = spawnSync(process.execPath, ["--expose-gc", path], {
    env: { ...env, BENCH_RATIOS: file },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) failed++;
}

const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
const rows = lines.map((line) => {
  const { what, figure, beside, unit, besideWhat } = JSON.parse(line);
  return [
    what,
    `${round(figure)} ${unit}`,
    `${round(figure / beside)}x`,
    `${besideWhat}: ${round(beside)} ${unit}`,
  ];
});
const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
console.log("\n== ratios, each within one run");
for (const [what, figure, ratio, beside] of rows) {
  console.log(
    `${what.padEnd(widths[0])}  ${figure.padStart(widths[1])}  ${ratio.padStart(widths[2])}  ${beside}`,
  );
}
if (failed > 0) process.exit(1);

function round(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
