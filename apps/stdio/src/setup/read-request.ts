import { realpathSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { parseArgs } from "node:util";
import { clientPrograms } from "@flyte-mcp/clients";
import type { ClientProgram, Launch } from "@flyte-mcp/clients";
import { createSettingsError, didYouMean, readSettings } from "@flyte-mcp/core";
import type { SettingMeta } from "@flyte-mcp/core";
import { settings } from "../settings.ts";

const OWN = {
  as: { type: "string", default: "flyte" },
  url: { type: "string" },
  "settings-file": { type: "string" },
  undo: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  yes: { type: "boolean", short: "y", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

interface Option {
  type: "string" | "boolean";
  short?: string;
}

/** What `flyte-mcp setup` is asked to do. */
export interface SetupRequest {
  client: ClientProgram | undefined;
  /** The server's name in the client's settings. */
  name: string;
  launch: Launch;
  settingsFile: string | undefined;
  undo: boolean;
  dryRun: boolean;
  yes: boolean;
  help: boolean;
}

/** Reads the command line after `setup`; options that are none of its own are the server's. Throws a settings error. */
export async function readRequest(argv: readonly string[]): Promise<SetupRequest> {
  const { own, theirs } = splitOptions(argv);
  const { values, positionals } = parseArgs({ args: own, options: OWN, allowPositionals: true });
  const [id, ...more] = positionals;
  if (more.length > 0) throw createSettingsError(`Unexpected argument "${more[0]}": one client at a time.`);
  if (!/^[A-Za-z0-9_-]{1,60}$/.test(values.as))
    throw createSettingsError("--as takes letters, digits, - and _, at most 60.");
  return {
    client: id === undefined ? undefined : findClient(id),
    name: values.as,
    launch: await readLaunch(values.url, theirs),
    settingsFile: values["settings-file"],
    undo: values.undo,
    dryRun: values["dry-run"],
    yes: values.yes,
    help: values.help,
  };
}

function findClient(id: string): ClientProgram {
  const client = clientPrograms.find((candidate) => candidate.id === id);
  if (client) return client;
  const known = clientPrograms.map((candidate) => candidate.id);
  throw createSettingsError(
    `There is no client "${id}" here.${didYouMean(id, known)} Known are ${known.join(", ")}.`,
  );
}

/** The words before the first option are ours, and so are our options wherever they stand. */
function splitOptions(argv: readonly string[]): { own: string[]; theirs: string[] } {
  const own: string[] = [];
  const theirs: string[] = [];
  let to = own;
  let isValue = false;
  for (const arg of argv) {
    if (arg.startsWith("-") && !isValue) {
      const [flag = ""] = arg.replace(/^--?/, "").split("=", 1);
      const option = Object.entries<Option>(OWN).find(([name, { short }]) => [name, short].includes(flag));
      to = option ? own : theirs;
      isValue = option?.[1].type === "string" && !arg.includes("=");
    } else isValue = false;
    to.push(arg);
  }
  return { own, theirs };
}

async function readLaunch(url: string | undefined, args: readonly string[]): Promise<Launch> {
  if (url === undefined) {
    // Whatever the server would refuse must not get into a client's settings.
    await readSettings(settings, { argv: args, env: {}, cwd: "/" });
    return createLaunch(withWholePaths(args));
  }
  if (args.length > 0)
    throw createSettingsError(`--url names a server that runs already; it takes no ${args[0]}.`);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw createSettingsError(
      `--url "${url}" is not an address such as https://mcp.example.com/flyte-mcp/mcp.`,
    );
  return { url };
}

/** From a checkout it is this very file; else the package of that name, which npx finds and keeps up to date. */
function createLaunch(args: readonly string[]): Launch {
  const file = realpathSync(process.argv[1] ?? "");
  if (!/[\\/]node_modules[\\/]/.test(file)) return { command: process.execPath, args: [file, ...args] };
  const npx = ["-y", "flyte-mcp", ...args];
  return process.platform === "win32"
    ? { command: "cmd", args: ["/c", "npx", ...npx] }
    : { command: "npx", args: npx };
}

const PATHS = ["FILE", "DIR"];

/** Clients launch servers from folders of their own. */
function withWholePaths(args: readonly string[]): string[] {
  const isPath = (flag: string) => {
    const key = flag.slice(2).replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
    const schema = Object.hasOwn(settings, key) ? settings[key as keyof typeof settings] : undefined;
    return PATHS.includes((schema?.meta() as SettingMeta | undefined)?.value ?? "");
  };
  return args.map((arg, index) => {
    const [flag = "", value] = arg.split(/=(.*)/s, 2);
    if (value !== undefined && isPath(flag)) return `${flag}=${resolve(value)}`;
    return isPath(args[index - 1] ?? "") && !isAbsolute(arg) ? resolve(arg) : arg;
  });
}
