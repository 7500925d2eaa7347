import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** A folder outside the workspace that installs packages as a stranger would. */
export interface Scratch {
  path: string;
  /** Runs npm; throws what it says when it fails. */
  npm(...args: string[]): Promise<string>;
  /** Runs a script of this folder, or a program that was installed, by the Node of the tests or another. */
  node(args: readonly string[], node?: string): Promise<Finished>;
  /** Runs a line of shell; throws what it says when it fails. */
  shell(line: string): Promise<string>;
  /** Names of all packages that are installed, nested ones too. */
  installed(): string[];
  remove(): void;
}

const QUIET = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];

export function createScratch(): Scratch {
  const path = mkdtempSync(join(tmpdir(), "flyte-mcp-install-"));
  writeFileSync(join(path, "package.json"), '{ "name": "scratch", "private": true, "type": "module" }\n');
  writeFileSync(join(path, ".npmrc"), `registry=${process.env["FLYTE_MCP_TEST_REGISTRY"]}\n`);
  return {
    path,
    npm: (...args) => mustRun("npm", [...args, ...QUIET], path),
    shell: (line) => mustRun("sh", ["-c", line], path),
    node: (args, node = process.execPath) => run(node, args, path),
    installed() {
      const lock = readFileSync(join(path, "node_modules/.package-lock.json"), "utf8");
      const { packages } = JSON.parse(lock) as { packages: Record<string, unknown> };
      return Object.keys(packages).map((place) => place.split("node_modules/").at(-1) ?? "");
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** The environment that a stranger has: none of this workspace's settings. */
export function cleanEnv(home: string): Record<string, string> {
  const cache = process.env["npm_config_cache"] ?? join(process.env["HOME"] ?? "", ".npm");
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    npm_config_cache: cache,
    npm_config_update_notifier: "false",
  };
}

async function mustRun(file: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run(file, args, cwd);
  if (code !== 0) throw new Error(`${file} ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

function run(file: string, args: readonly string[], cwd: string): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(file, args, { cwd, env: cleanEnv(cwd) }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr });
    });
    child.stdin?.end();
  });
}
