// Checks that every package-lock.json installs on any machine, with the oldest Node that its own root supports.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { minVersion } from "semver";
import { findFaults } from "./find-faults.mjs";

const listing = ["ls-files", "--cached", "--others", "--exclude-standard", "*package-lock.json"];
const locks = execFileSync("git", listing, { encoding: "utf8" }).trim().split("\n");
for (const path of locks) {
  const lock = JSON.parse(readFileSync(path, "utf8"));
  const range = lock.packages[""].engines?.node;
  const oldestNode = range && minVersion(range).version;
  const faults = findFaults(lock, oldestNode);
  for (const fault of faults) console.error(`${path}: ${fault}`);
  console.log(
    `${path}: ${Object.keys(lock.packages).length} packages, ${faults.length} faults, Node ${range ?? "of any version"}`,
  );
  if (faults.length > 0) process.exitCode = 1;
}
