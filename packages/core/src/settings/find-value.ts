import { configValue } from "./config-file.ts";
import type { ConfigFile } from "./config-file.ts";
import { envNames, flagName, metaOf } from "./definitions.ts";
import type { z } from "zod";
import type { SettingMeta } from "./setting-kinds.ts";
import { createSettingsError } from "./settings-error.ts";

/** Where settings are looked for. */
export interface Places {
  flags: Record<string, string>;
  env: Record<string, string | undefined>;
  file: ConfigFile | undefined;
  /** Told what a person should know though the start goes on, one sentence each. */
  warn(warning: string): void;
}

export interface Found {
  raw: unknown;
  /** Names the place to a person. */
  from: string;
  by: "flag" | "env" | "key" | "cluster" | "file";
}

// A container's own project counts more than that of a file that it is given.
const SCOPE = ["org", "project", "domain"];

/** What the best place says of a setting. Throws a settings error where a limit is set but empty. */
export function findValue(key: string, schema: z.ZodType, places: Places): Found | undefined {
  const meta = metaOf(schema);
  const isFileFirst = places.file?.isNamed === true && !SCOPE.includes(key);
  const [file, cluster] = [() => fromFile(meta, places), () => fromCluster(meta, places)];
  const given = fromFlag(key, places) ?? fromEnv(key, meta, places);
  return given ?? (isFileFirst ? (file() ?? cluster()) : (cluster() ?? file()));
}

function fromFlag(key: string, { flags }: Places): Found | undefined {
  return flags[key] === undefined ? undefined : { raw: flags[key], from: `--${flagName(key)}`, by: "flag" };
}

function fromEnv(key: string, meta: SettingMeta, { env, warn }: Places): Found | undefined {
  const names = envNames(key, meta);
  const empty = meta.strict ? names.find((candidate) => env[candidate] === "") : undefined;
  if (empty) throw createSettingsError(`${empty} is set but empty; unset it, or give it a value.`);
  const [name, ...others] = names.filter((candidate) => env[candidate]);
  if (name === undefined) return undefined;
  // Our own name is there to differ from the CLI's; the others are two names for one thing.
  const other = meta.env?.includes(name) ? others.find((each) => env[each] !== env[name]) : undefined;
  if (other) warn(`${name} and ${other} differ; ${name} is used.`);
  return { raw: env[name], from: name, by: "env" };
}

function fromCluster({ cluster = [] }: SettingMeta, { env }: Places): Found | undefined {
  const name = cluster.find((candidate) => env[candidate]);
  return name === undefined ? undefined : { raw: env[name], from: name, by: "cluster" };
}

function fromFile({ file: key, oldFile: oldKey }: SettingMeta, { file, warn }: Places): Found | undefined {
  if (!file) return undefined;
  const raw = key === undefined ? undefined : configValue(file, key);
  if (raw !== undefined) return { raw, from: `${key} in ${file.path}`, by: "file" };
  const old = oldKey === undefined ? undefined : configValue(file, oldKey);
  if (old === undefined) return undefined;
  warn(`${oldKey} in ${file.path} is a key of the first flyte CLI; write it as ${key}.`);
  return { raw: old, from: `${oldKey} in ${file.path}`, by: "file" };
}
