// Takes the rules of the guard away one by one, runs the tests of policy each time, and prints which rule a test holds.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mutations } from "./mutations.mjs";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const core = path("../../packages/core/src/");
const tests = ["src/guard/", "src/select-tools", "src/policy"];
const folder = mkdtempSync(join(tmpdir(), "mutate-guard-"));

function runTests(mutation) {
  const outputFile = join(folder, "results.json");
  const args = [
    `--config=${path("mutated.config.mjs")}`,
    "--json",
    `--outputFile=${outputFile}`,
    "--silent",
    ...tests,
  ];
  const env = {
    ...process.env,
    NODE_OPTIONS: "--experimental-vm-modules --no-warnings",
    ...(mutation && { MUTATION: JSON.stringify(mutation) }),
  };
  spawnSync(process.execPath, [path("../../node_modules/jest/bin/jest.js"), ...args], {
    env,
    stdio: "ignore",
  });
  return JSON.parse(readFileSync(outputFile, "utf8"));
}

function assertApplies({ rule, file, text }) {
  const count = readFileSync(join(core, file), "utf8").split(text).length - 1;
  if (count !== 1) throw new Error(`"${rule}": the text occurs ${count} times in ${file}: ${text}`);
}

/** A suite that cannot even start proves nothing of the rule. */
function describe({ success, numFailedTests, numRuntimeErrorTestSuites, testResults }) {
  if (success || numRuntimeErrorTestSuites > 0) process.exitCode = 1;
  if (numRuntimeErrorTestSuites > 0) return "DOES NOT START";
  if (success) return "STILL GREEN";
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const first = all.find(({ status }) => status === "failed");
  return `${String(numFailedTests).padStart(3)} red  ${first?.fullName ?? ""}`;
}

try {
  mutations.forEach(assertApplies);
  const whole = runTests();
  if (!whole.success) throw new Error("The tests are red with every rule in place.");
  console.log(`${whole.numPassedTests} tests are green with every rule in place.`);
  for (const mutation of mutations) console.log(`${mutation.rule.padEnd(52)}${describe(runTests(mutation))}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
