import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createSettingsError } from "./settings-error.ts";

export interface ConfigFile {
  path: string;
  /** Found in the working directory or its repository, where anybody may have put it. */
  isFound?: boolean;
  /** Named by the person who starts the server, by flag or variable. */
  isNamed?: boolean;
  /** The YAML document, nested as written. */
  content: Record<string, unknown>;
}

export interface ConfigPlaces {
  /** `--config` or `FLYTE_MCP_CONFIG`: must exist. */
  explicit?: string;
  env: Record<string, string | undefined>;
  cwd: string;
  home: string;
}

const FLYTE_KEYS = ["admin", "task", "image", "local", "console", "union"];
const FLYTE_KEY = new RegExp(`\\b(${FLYTE_KEYS.join("|")})\\b["']?\\s*:`);

/** Finds and reads the Flyte config file, in the order of the flyte CLI; none is no error. Throws a settings error. */
export async function readConfigFile(places: ConfigPlaces): Promise<ConfigFile | undefined> {
  if (places.explicit) return { ...(await parse(expandHome(places.explicit, places.home))), isNamed: true };
  for (const candidate of candidates(places)) {
    if (!existsSync(candidate.path) && !candidate.pinned) continue;
    // Any project may have a config.yaml of its own; only Flyte's counts.
    if (candidate.anyones && !FLYTE_KEY.test(readText(candidate.path))) continue;
    const file = await parse(candidate.path);
    const { isFound = false, pinned: isNamed = false } = candidate;
    if (isNamed || FLYTE_KEYS.some((key) => key in file.content)) return { ...file, isFound, isNamed };
  }
  return undefined;
}

interface Candidate {
  path: string;
  /** Named by the environment: must exist, whatever it holds. */
  pinned?: boolean;
  /** A common name that says nothing of Flyte. */
  anyones?: boolean;
  isFound?: boolean;
}

function candidates({ env, cwd, home }: ConfigPlaces): Candidate[] {
  const pinned = [env["UCTL_CONFIG"], env["FLYTECTL_CONFIG"]].filter((path) => path);
  const own = [join(home, ".union", "config.yaml"), join(home, ".flyte", "config.yaml")];
  // Who starts in the home directory finds their own file there, not a stranger's.
  const found = isInContainer(env) ? [] : foundIn(cwd).filter(({ path }) => !own.includes(path));
  return [
    ...found,
    ...pinned.map((path) => ({ path: expandHome(path ?? "", home), pinned: true })),
    ...own.map((path) => ({ path })),
  ];
}

function foundIn(cwd: string): Candidate[] {
  const root = gitRoot(cwd);
  return [
    { path: join(cwd, "config.yaml"), anyones: true, isFound: true },
    { path: join(cwd, ".flyte", "config.yaml"), isFound: true },
    ...(root ? [{ path: join(root, ".flyte", "config.yaml"), isFound: true }] : []),
  ];
}

/** Whether a plane runs this process: what lies in its working directory is code, not a person's settings. */
function isInContainer(env: ConfigPlaces["env"]): boolean {
  return Boolean(env["K_SERVICE"] || env["_U_EP_OVERRIDE"]);
}

async function parse(path: string): Promise<ConfigFile> {
  const text = readText(path);
  const { describeYamlError, parseYaml } = await import("./parse-yaml.ts");
  let content: unknown;
  try {
    content = parseYaml(text);
  } catch (error) {
    throw createSettingsError(`The Flyte config file ${path} is not valid YAML: ${describeYamlError(error)}`);
  }
  if (content === null || content === undefined) return { path, content: {} };
  if (typeof content !== "object" || Array.isArray(content)) {
    throw createSettingsError(`The Flyte config file ${path} must hold a mapping such as "admin:".`);
  }
  return { path, content: content as Record<string, unknown> };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw createSettingsError(`The Flyte config file ${path} cannot be read.`);
  }
}

/** The value at a dotted key such as `admin.endpoint`; empty texts and lists count as left out. */
export function configValue(file: ConfigFile, key: string): unknown {
  const value = key.split(".").reduce<unknown>((node, part) => {
    return typeof node === "object" && node !== null ? (node as Record<string, unknown>)[part] : undefined;
  }, file.content);
  const isEmpty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  return isEmpty ? undefined : value;
}

function gitRoot(from: string): string | undefined {
  if (existsSync(join(from, ".git"))) return from;
  const parent = dirname(from);
  return parent === from ? undefined : gitRoot(parent);
}

/** `~/x` in a path is the home directory's, as in a shell. */
export function expandHome(path: string, home: string): string {
  return path.startsWith("~/") ? join(home, path.slice(2)) : path;
}
