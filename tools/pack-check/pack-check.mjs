// Packs the package in the given folder and checks what would be published.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expandWildcards, findFaults, listExpected } from "./tarball.mjs";

const workspace = fileURLToPath(new URL("../../", import.meta.url));
const folder = resolve(process.argv[2] ?? ".");
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  if (error) throw error;
  return { passed: status === 0, stdout, report: `${stdout}${stderr}` };
}

function pack(destination) {
  const args = ["pack", "--json", "--ignore-scripts", `--pack-destination=${destination}`];
  const { passed, stdout, report } = run("npm", args);
  if (!passed) throw new Error(report);
  const [packed] = JSON.parse(stdout);
  return {
    ...packed,
    files: packed.files.map((file) => file.path),
    path: join(destination, packed.filename),
  };
}

function findFalseCopies({ files }, copies) {
  const isSame = (name) => readFileSync(join(folder, name)).equals(readFileSync(join(workspace, name)));
  return copies
    .filter((name) => files.includes(name) && !isSame(name))
    .map((name) => `${name} differs from the workspace's: copy it again`);
}

/** A registry refuses a package with provenance whose manifest does not name the repository that built it. */
function checkOrigin() {
  const directory = relative(workspace, folder);
  return manifest.repository?.directory === directory
    ? []
    : [`its repository does not name the directory ${directory}`];
}

/** Runs a checker of the workspace; answers its report when it finds something. */
function check(bin, args) {
  const { passed, report } = run(join(workspace, "node_modules/.bin", bin), args);
  return passed ? [] : [`${bin}:\n${report}`];
}

function checkTypes({ path, files }) {
  if (!manifest.exports) return [];
  const more = expandWildcards(manifest.exports, files);
  const include = more.length > 0 ? ["--include-entrypoints", ...more] : [];
  return check("attw", [
    path,
    "--profile=esm-only",
    "--no-definitely-typed",
    "--no-color",
    "--no-emoji",
    ...include,
  ]);
}

function report(tarball, faults) {
  for (const fault of faults) console.error(`${manifest.name}: ${fault}`);
  const [packed, unpacked] = [tarball.size, tarball.unpackedSize].map((bytes) => (bytes / 1000).toFixed(1));
  console.log(
    `${manifest.name}: ${tarball.files.length} files, ${packed} kB packed, ${unpacked} kB unpacked`,
  );
  if (faults.length > 0) process.exitCode = 1;
}

const temporary = mkdtempSync(join(tmpdir(), "pack-check-"));
try {
  const tarball = pack(temporary);
  const { mustCarry, copies } = listExpected(manifest.nx?.tags);
  report(tarball, [
    ...findFaults(tarball.files, mustCarry),
    ...findFalseCopies(tarball, copies),
    ...checkOrigin(),
    ...check("publint", ["run", tarball.path, "--strict"]),
    ...checkTypes(tarball),
  ]);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
