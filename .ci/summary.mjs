// Prints the sum of all jest-results.json as one line; fails when a project has none or nothing ran.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const listing = execFileSync("git", [
  "ls-files",
  "--cached",
  "--others",
  "--exclude-standard",
  "*jest.config.cjs",
]);
const projects = listing.toString().trim().split("\n").filter(Boolean).map(dirname);

function readResults(project) {
  const path = join(project, "jest-results.json");
  if (!existsSync(path)) {
    console.error(`No test results: ${project}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const results = JSON.parse(readFileSync(path, "utf8"));
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

const all = projects.map(readResults);
const sum = (key) => all.reduce((total, results) => total + results[key], 0);
const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
if (passed === 0 || failed > 0) process.exitCode = 1;
