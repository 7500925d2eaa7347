import { createToolError } from "@flyte-mcp/core";
import { parse, TomlDate } from "smol-toml";
import { readScriptBlock } from "./script-block.ts";

/** What a script says it needs. */
export interface ScriptHeader {
  requiresPython: string | undefined;
  dependencies: string[];
  /** Whether `[tool.uv]` says anything. */
  hasUv: boolean;
  excludeNewer: string | undefined;
}

/** Reads the header of a script (PEP 723); throws a tool error that says what is wrong with it. */
export function readScriptHeader(script: string): ScriptHeader {
  const table = parseToml(readScriptBlock(script));
  const requiresPython = table["requires-python"];
  if (requiresPython !== undefined && typeof requiresPython !== "string")
    throw refuse('requires-python must be a text, e.g. ">=3.12"');
  const dependencies = table["dependencies"] ?? [];
  if (!Array.isArray(dependencies) || !dependencies.every((item) => typeof item === "string"))
    throw refuse('dependencies must be a list of texts, e.g. ["httpx>=0.27"]');
  const uv = readUv(table["tool"]);
  const excludeNewer = uv["exclude-newer"];
  return {
    requiresPython,
    dependencies,
    hasUv: Object.keys(uv).length > 0,
    excludeNewer: excludeNewer instanceof TomlDate ? excludeNewer.toISOString() : textOf(excludeNewer),
  };
}

type Table = Record<string, unknown>;

function parseToml(block: string): Table {
  try {
    return parse(block);
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : "").split("\n", 1);
    throw refuse(`it is no TOML: ${reason}`);
  }
}

function readUv(tool: unknown): Table {
  if (tool === undefined) return {};
  if (!isTable(tool)) throw refuse("tool must be a table");
  const uv = tool["uv"] ?? {};
  if (!isTable(uv)) throw refuse("tool.uv must be a table");
  return uv;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw refuse("tool.uv.exclude-newer must be a text or a date");
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function refuse(reason: string): Error {
  const message = `The script's \`# /// script\` block is not valid: ${reason}.`;
  return createToolError({ code: "invalid_argument", message, hint: "Correct the block and try again." });
}
