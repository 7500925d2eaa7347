import { z } from "zod";

/** How a setting is given, beside its flag (its key in kebab case) and `FLYTE_MCP_<KEY>`. */
export interface SettingMeta {
  description: string;
  /** Further environment variables, best first. */
  env?: readonly string[];
  /** Its key in the Flyte config file. */
  file?: string;
  /** Its key in a file of the first flyte CLI, the last resort. */
  oldFile?: string;
  /** Variables that a plane gives to the containers it runs, best first; they stand below those that a person sets. */
  cluster?: readonly string[];
  /** Kept out of flags, help values and every text; given by environment or file only. */
  secret?: boolean;
  /** Set but empty is an error: an unexpanded variable must not open what it was meant to close. */
  strict?: boolean;
  /** Variables that begin so hold what the setting is about; they are no settings. */
  prefix?: string;
  /** How a list's text is split, unless it is a JSON array: at commas when left out, like a shell line, or at commas and spaces. */
  split?: "command" | "words";
  /** What its value is called in the help text. */
  value?: string;
}

export type SettingsShape = Record<string, z.ZodType>;

/** A setting that is a text. */
export function text(meta: SettingMeta) {
  return z
    .string()
    .min(1, "must not be empty")
    .optional()
    .meta({ ...meta });
}

/** A setting that is a list of texts. */
export function list(meta: SettingMeta) {
  // An argument of a command may be empty.
  const item = meta.split === "command" ? z.string() : z.string().min(1);
  return z
    .array(item)
    .optional()
    .meta({ ...meta });
}

/** A setting that is yes or no. */
export function flag(meta: SettingMeta) {
  return z
    .boolean()
    .optional()
    .meta({ ...meta });
}
