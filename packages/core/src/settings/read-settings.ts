import { homedir } from "node:os";
import type { z } from "zod";
import { assertTrusted } from "./assert-trusted.ts";
import { assertVariables } from "./assert-variables.ts";
import { readConfigFile } from "./config-file.ts";
import { findAll, readValues } from "./find-all.ts";
import { readFlags } from "./read-flags.ts";
import type { SettingsShape } from "./setting-kinds.ts";
import { settleInsecure } from "./settle-insecure.ts";

export interface Settings<S extends SettingsShape> {
  values: z.output<z.ZodObject<S>>;
  /** Where each value that is set came from, e.g. `--endpoint`, `FLYTE_ENDPOINT`, a file's path. */
  sources: Partial<Record<keyof S, string>>;
  /** The Flyte config file that was read. */
  file: string | undefined;
  /** What a person should know though the start goes on, one sentence each. */
  warnings: readonly string[];
  help: boolean;
  version: boolean;
}

export interface SettingsInput {
  argv: readonly string[];
  env: Record<string, string | undefined>;
  cwd?: string;
  home?: string;
}

/** Settings by flag, then environment, then API key, then the plane's own container, then Flyte config file, then default. Throws a settings error. */
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
  const warnings: string[] = [];
  const places = { flags, env, file, warn: (warning: string) => void warnings.push(warning) };
  const found = await findAll(shape, places);
  const values = readValues(shape, found, homeOf(input));
  assertTrusted(shape, found, values, file);
  settleInsecure(found, values, places.warn);
  const sources = Object.entries(found).flatMap(([key, place]) =>
    place ? [[key, place.from] as const] : [],
  );
  return {
    file: file?.path,
    values: values as Settings<S>["values"],
    sources: Object.fromEntries(sources) as Settings<S>["sources"],
    warnings,
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
  const { env, cwd = process.cwd() } = input;
  return readConfigFile({ explicit, env, cwd, home: homeOf(input) });
}

function homeOf({ home, env }: SettingsInput): string {
  return home ?? env["HOME"] ?? homedir();
}
