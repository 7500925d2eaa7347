import type { z } from "zod";
import { envNames, flagName, kindOf, metaOf } from "./definitions.ts";
import type { SettingsShape } from "./setting-kinds.ts";
import { visibleSettings } from "./read-flags.ts";

/** The text of `--help`, made from the settings themselves. */
export function describeSettings(usage: string, intro: string, shape: SettingsShape): string {
  const rows = visibleSettings(shape).map(([key, schema]) => ({
    flag: flagOf(key, schema),
    text: textOf(schema),
  }));
  const all = [
    ...rows,
    { flag: "--version", text: "Print the version." },
    { flag: "--help", text: "Print this." },
  ];
  const width = Math.max(...all.map(({ flag }) => flag.length)) + 2;
  const secrets = Object.entries(shape).filter(([, schema]) => metaOf(schema).secret);
  return [
    `Usage: ${usage}`,
    "",
    intro,
    "",
    "Options (each also as FLYTE_MCP_<OPTION> in the environment):",
    ...all.map(({ flag, text }) => `  ${flag.padEnd(width)}${text}`),
    ...(secrets.length > 0 ? ["", "Only by environment:"] : []),
    ...secrets.map(
      ([key, schema]) => `  ${envNames(key, metaOf(schema)).join(", ")}: ${metaOf(schema).description}`,
    ),
  ].join("\n");
}

const VALUE = { flag: "", list: " A,B", number: " N", text: " TEXT" };

function flagOf(key: string, schema: z.ZodType): string {
  const kind = kindOf(schema);
  const named = metaOf(schema).value;
  return `--${flagName(key)}${named === undefined ? VALUE[kind] : ` ${named}`}`;
}

function textOf(schema: z.ZodType): string {
  const fallback: unknown = schema.safeParse(undefined).data;
  const shown = fallback === undefined ? "" : ` [default: ${String(fallback)}]`;
  return metaOf(schema).description + shown;
}
