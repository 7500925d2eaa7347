import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";
import type { z } from "zod";
import { didYouMean } from "../nearest.ts";
import { flagName, kindOf, metaOf } from "./definitions.ts";
import type { SettingsShape } from "./setting-kinds.ts";
import { createSettingsError } from "./settings-error.ts";

/** Reads a command line by a settings shape: key -> text, with `help` and `version` beside. Throws on what it does not know. */
export function readFlags(argv: readonly string[], shape: SettingsShape): Record<string, string> {
  const visible = visibleSettings(shape);
  const keys = new Map(visible.map(([key]) => [flagName(key), key]));
  const booleans = visible.filter(([, schema]) => kindOf(schema) === "flag").map(([key]) => flagName(key));
  const lists = visible.filter(([, schema]) => isJoined(schema)).map(([key]) => flagName(key));
  const flags = ["help", "version", ...booleans];
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const name of [...keys.keys(), ...flags])
    options[name] = { type: flags.includes(name) ? "boolean" : "string" };
  const args = withExplicitFlags(argv, booleans);
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const read: Record<string, string> = {};
  for (const token of tokens) {
    if (token.kind === "positional") throw createSettingsError(`Unexpected argument "${token.value}".`);
    if (token.kind !== "option") continue;
    const key = keys.get(token.name) ?? (Object.hasOwn(options, token.name) ? token.name : undefined);
    if (key === undefined) throw unknownFlag(token.rawName, Object.keys(options));
    const value = valueOf(token, flags.includes(token.name));
    const earlier = lists.includes(token.name) ? read[key] : undefined;
    read[key] = earlier === undefined ? value : `${earlier},${value}`;
  }
  return read;
}

/** The settings that have a flag; secrets have none, since command lines are visible to every process. */
export function visibleSettings(shape: SettingsShape): [key: string, schema: z.ZodType][] {
  return Object.entries(shape).filter(([, schema]) => !metaOf(schema).secret);
}

/** Whether a flag that is given twice adds to the list; of two commands the last one counts. */
function isJoined(schema: z.ZodType): boolean {
  return kindOf(schema) === "list" && metaOf(schema).split !== "command";
}

interface OptionToken {
  rawName: string;
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}

function valueOf(token: OptionToken, isFlag: boolean): string {
  // `--endpoint --read-only` forgot the value; whoever means it writes `--endpoint=--read-only`.
  const isForgotten = !token.inlineValue && /^--[a-z][a-z-]*(=|$)/.test(token.value ?? "");
  if (token.value !== undefined && !isForgotten) return token.value;
  if (isFlag) return "true";
  throw createSettingsError(`${token.rawName} needs a value.`);
}

function unknownFlag(raw: string, flags: readonly string[]): Error {
  const known = flags.map((flag) => `--${flag}`);
  return createSettingsError(`Unknown option ${raw}.${didYouMean(raw, known)} --help lists the options.`);
}

/** `--no-x` means `--x=false`, where x is a boolean. */
function withExplicitFlags(argv: readonly string[], booleans: readonly string[]): string[] {
  const isNegation = (arg: string) => arg.startsWith("--no-") && booleans.includes(arg.slice(5));
  return argv.map((arg) => (isNegation(arg) ? `--${arg.slice(5)}=false` : arg));
}
