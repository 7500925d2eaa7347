import type { z } from "zod";
import type { Tool } from "../contract.ts";
import { createToolError } from "../errors/tool-error.ts";
import { didYouMean } from "../nearest.ts";
import { describeIssue } from "./describe-issue.ts";
import { readLeniently } from "./lenient.ts";

const MOST_PROBLEMS = 20;

type Taker = Pick<Tool, "name" | "input">;

/** Parses a call's arguments by the input schema of a tool or a prompt; throws a tool error that lists every problem at once. */
export function readArguments(tool: Taker, given: Record<string, unknown>): Record<string, unknown> {
  const shape: Record<string, z.ZodType> = tool.input.shape;
  // Clients fill optional arguments with null; for ours that means the same as leaving them out.
  const filled = Object.entries(given).filter(([, value]) => value !== null);
  const unknown = filled.map(([key]) => key).filter((key) => !Object.hasOwn(shape, key));
  const lenient = filled.map(
    ([key, value]) => [key, shape[key] ? readLeniently(shape[key], value) : value] as const,
  );
  const read = Object.fromEntries(lenient);
  const parsed = tool.input.safeParse(read);
  const hidden = lenient.flatMap(([key, value]) =>
    hasProto(value) ? [`${key}: unknown key "__proto__"`] : [],
  );
  if (parsed.success && unknown.length === 0 && hidden.length === 0) return parsed.data;
  const missing = Object.keys(shape).filter((key) => !isOptional(tool, key) && !Object.hasOwn(read, key));
  throw createArgumentError(tool, [
    ...unknown.map(
      (key) =>
        `unknown argument "${key.slice(0, 100)}"${suggest(key, Object.keys(shape), unknown.length === 1 ? missing : [])}`,
    ),
    ...hidden,
    ...(parsed.error?.issues ?? []).map((issue) => describeIssue(issue, read)),
  ]);
}

/** The one argument that is missing is most likely what the unknown one was meant to be. */
function suggest(key: string, known: readonly string[], missing: readonly string[]): string {
  const near = didYouMean(key, known) || (missing.length === 1 ? ` Did you mean "${missing[0]}"?` : "");
  return near === "" ? "" : `.${near}`;
}

/** Zod drops such a key without a word. */
function hasProto(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__");
}

function createArgumentError(tool: Taker, problems: readonly string[]): Error {
  const known = Object.keys(tool.input.shape);
  const more = problems.length > MOST_PROBLEMS ? `; and ${problems.length - MOST_PROBLEMS} more` : "";
  const message = `${tool.name}: ${problems.slice(0, MOST_PROBLEMS).join("; ")}${more}`;
  return createToolError({
    code: "invalid_argument",
    message: /[.?!]$/.test(message) ? message : `${message}.`,
    hint: `Arguments: ${known.map((key) => (isOptional(tool, key) ? `${key}?` : key)).join(", ") || "none"}.`,
  });
}

/** Whether a call may leave the argument out. */
export function isOptional(tool: Pick<Tool, "input">, key: string): boolean {
  return tool.input.shape[key]?.safeParse(undefined).success ?? false;
}
