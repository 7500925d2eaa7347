import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLaunch } from "./launch.mjs";
import { readStages } from "./read-stages.mjs";
import { runStages } from "./run-stages.mjs";

const workspace = fileURLToPath(new URL("../../", import.meta.url));

/** Opens a folder for builds by hand; each app's image is a folder in it. */
export function openBench() {
  const folder = mkdtempSync(join(tmpdir(), "flyte-mcp-image-"));
  // The user of the image is another than ours, and has to reach it.
  chmodSync(folder, 0o755);
  return {
    build(app, dockerfile = readFileSync(join(workspace, "apps", app, "Dockerfile"), "utf8")) {
      const root = join(folder, app);
      const stages = readStages(dockerfile);
      return { root, image: runStages(stages, { context: workspace, base: join(folder, "base"), root }) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The environment of a container: what the image and whoever starts it give, and nothing of this machine. */
export function createEnv({ image, root }, given) {
  return { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: join(root, "home"), ...image.env, ...given };
}

/** Starts an image as a container would be; `ended` gives its code and what it said. */
export function start(built, given, args = []) {
  const { image, root } = built;
  const { command, args: words } = createLaunch(image, root, image.entrypoint);
  const cwd = join(root, image.folder);
  const child = spawn(command, [...words, ...args], { cwd, env: createEnv(built, given) });
  let stderr = "";
  const ended = new Promise((resolve) => child.once("close", (code) => resolve({ code, stderr })));
  const ready = new Promise((resolve, reject) => {
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
      const url = /Flyte MCP server at (\S+)/.exec(stderr)?.[1];
      if (url) resolve(url);
    });
    void ended.then(({ code }) => reject(new Error(`it ended with ${code}: ${stderr}`)));
  });
  ready.catch(() => undefined);
  return { child, ready, ended };
}

/** Runs the image's health check as an engine does, and gives the code that it ends with. */
export function checkHealth(built, given) {
  const { command, args } = createLaunch(built.image, built.root, built.image.health);
  return spawnSync(command, args, { cwd: built.root, env: createEnv(built, given) }).status;
}

/** A port that was free a moment ago. */
export function findPort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A secret that nobody has seen. */
export const createSecret = () => randomBytes(16).toString("hex");
