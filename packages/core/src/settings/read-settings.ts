import { homedir } from "node:os";
import type { z } from "zod";
import { assertTrusted } from "./assert-trusted.ts";
import { assertVariables } from "./assert-variables.ts";
import { coerce } from "./coerce.ts";
import { configValue, readConfigFile } from "./config-file.ts";
import type { ConfigFile } from "./config-file.ts";
import { envNames, flagName, metaOf } from "./definitions.ts";
import type { SettingMeta, SettingsShape } from "./setting-kinds.ts";
import { readFlags } from "./read-flags.ts";
import { createSettingsError } from "./settings-error.ts";

export interface Settings<S extends SettingsShape> {
  values: z.output<z.ZodObject<S>>;
  /** Where each value that is set came from, e.g. `--endpoint`, `FLYTE_ENDPOINT`, a file's path. */
  sources: Partial<Record<keyof S, string>>;
  /** The Flyte config file that was read. */
  file: string | undefined;
  help: boolean;
  version: boolean;
}

export interface SettingsInput {
  argv: readonly string[];
  env: Record<string, string | undefined>;
  cwd?: string;
  home?: string;
}

interface Found {
  raw: unknown;
  from: string;
}

/** Settings by flag, then environment, then Flyte config file, then default. Throws a settings error. */
export async function readSettings<S extends SettingsShape>(
  shape: S,
  input: SettingsInput,
): Promise<Settings<S>> {
  const flags = readFlags(input.argv, shape);
  const [help, version] = [isAsked(flags["help"]), isAsked(flags["version"])];
  // Whoever asks for help gets it, also while something else is wrong.
  const env = help || version ? {} : input.env;
  const file = help || version ? undefined : await findFile(shape, flags, input);
  assertVariables(shape, env);
  const values: Record<string, unknown> = {};
  const sources: Record<string, string> = {};
  for (const [key, schema] of Object.entries(shape)) {
    const meta = metaOf(schema);
    const found = fromFlag(flags, key) ?? fromEnv(meta, key, env) ?? fromFile(meta, file);
    values[key] = found ? coerce(schema, found.raw, found.from) : schema.parse(undefined);
    if (found) sources[key] = found.from;
  }
  assertTrusted(shape, sources, file);
  return {
    file: file?.path,
    values: values as Settings<S>["values"],
    sources: sources as Settings<S>["sources"],
    help,
    version,
  };
}

function isAsked(flag: string | undefined): boolean {
  return flag !== undefined && flag !== "false";
}

async function findFile(shape: SettingsShape, flags: Record<string, string>, input: SettingsInput) {
  if (!("config" in shape)) return undefined;
  const explicit = flags["config"] ?? input.env["FLYTE_MCP_CONFIG"];
  const { env, cwd = process.cwd(), home = input.env["HOME"] ?? homedir() } = input;
  return readConfigFile({ explicit, env, cwd, home });
}

function fromFlag(flags: Record<string, string>, key: string): Found | undefined {
  return flags[key] === undefined ? undefined : { raw: flags[key], from: `--${flagName(key)}` };
}

function fromEnv(meta: SettingMeta, key: string, env: SettingsInput["env"]): Found | undefined {
  const names = envNames(key, meta);
  const empty = meta.strict ? names.find((candidate) => env[candidate] === "") : undefined;
  if (empty) throw createSettingsError(`${empty} is set but empty; unset it, or give it a value.`);
  const name = names.find((candidate) => env[candidate]);
  return name === undefined ? undefined : { raw: env[name], from: name };
}

function fromFile({ file: fileKey }: SettingMeta, file: ConfigFile | undefined): Found | undefined {
  if (!file || !fileKey) return undefined;
  const raw = configValue(file, fileKey);
  return raw === undefined ? undefined : { raw, from: `${fileKey} in ${file.path}` };
}
