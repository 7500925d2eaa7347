import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, statSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { copyContext } from "./copy-context.mjs";

/**
 * Does by hand what a container engine does with the stages of a Dockerfile: runs the build stage in a copy of the
 * context, and copies what the last stage takes of it into a root of its own. `base` stands for the build image.
 */
export function runStages([build, runtime], { context, base, root }) {
  runBuild(build, context, base);
  mkdirSync(root, { recursive: true });
  const image = { env: {}, folder: "/" };
  for (const { keyword, words, flags, properties, content, command } of runtime.steps) {
    if (keyword === "WORKDIR") image.folder = posix.resolve(image.folder, content);
    else if (keyword === "ENV") Object.assign(image.env, properties);
    else if (keyword === "USER") image.user = content.split(":").map(Number);
    else if (keyword === "ENTRYPOINT") image.entrypoint = command;
    else if (keyword === "HEALTHCHECK") image.health = command;
    else if (keyword === "COPY" && flags.from === build.name) copyAll(words, { base, root, ...image });
  }
  return image;
}

// As an engine does not run a layer again that it has: two Dockerfiles begin with the same steps.
const done = new Map();

function runBuild({ steps }, context, base) {
  const ran = done.get(base) ?? new Set();
  done.set(base, ran);
  const state = { env: {}, folder: "/" };
  for (const step of steps) {
    if (step.keyword === "ENV") Object.assign(state.env, step.properties);
    else if (step.keyword === "WORKDIR") state.folder = posix.resolve(state.folder, step.content);
    else if (!ran.has(step.line)) runStep(step, state, context, base);
    ran.add(step.line);
  }
}

function runStep({ keyword, words, content, line }, { env, folder }, context, base) {
  const cwd = join(base, folder);
  if (keyword === "COPY" && words.join(" ") === ". .") return copyContext(context, cwd);
  if (keyword !== "RUN") throw new Error(`This cannot be done by hand: ${line}`);
  const { PATH, HOME } = process.env;
  const cache = process.env.npm_config_cache ?? join(HOME ?? "", ".npm");
  const { status, stdout, stderr } = spawnSync("sh", ["-c", content], {
    cwd,
    env: { PATH, HOME, npm_config_cache: cache, npm_config_prefer_offline: "true", ...env },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${line}: ${stdout}${stderr}`);
}

function copyAll(words, { base, root, folder }) {
  const target = join(root, posix.resolve(folder, words.at(-1)));
  for (const word of words.slice(0, -1)) {
    const source = join(base, word);
    if (!existsSync(source)) throw new Error(`COPY names ${word}, which the build does not make`);
    const isFolder = statSync(source).isDirectory();
    cpSync(source, isFolder ? target : join(target, basename(word)), { recursive: true });
  }
}
