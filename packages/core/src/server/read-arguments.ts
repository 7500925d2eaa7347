import type { z } from "zod";
import type { Tool } from "../contract.ts";
import { createToolError } from "../errors/tool-error.ts";
import { didYouMean } from "../nearest.ts";

/** Parses a call's arguments by the tool's input schema; throws a tool error that lists every problem at once. */
export function readArguments(tool: Tool, given: Record<string, unknown>): Record<string, unknown> {
  const known = Object.keys(tool.input.shape);
  // Clients fill optional arguments with null; for ours that means the same as leaving them out.
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  const parsed = tool.input.safeParse(filled);
  const unknown = Object.keys(filled).filter((key) => !known.includes(key));
  if (parsed.success && unknown.length === 0) return parsed.data;
  const problems = [
    ...unknown.map((key) => `unknown argument "${key}".${didYouMean(key, known)}`),
    ...(parsed.error?.issues ?? []).map(describeIssue),
  ];
  throw createToolError({
    code: "invalid_argument",
    message: `${tool.name}: ${problems.slice(0, 20).join("; ")}`,
    hint: `Arguments: ${known.map((key) => (isOptional(tool, key) ? `${key}?` : key)).join(", ") || "none"}.`,
  });
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join(".") || "arguments"}: ${issue.message}`;
}

function isOptional(tool: Tool, key: string): boolean {
  return tool.input.shape[key]?.safeParse(undefined).success ?? false;
}
