import type { z } from "zod";

const WORDS: Record<string, string> = {
  record: "an object",
  object: "an object",
  array: "a list",
  int: "a whole number",
  number: "a number",
  string: "a text",
  boolean: "true or false",
};

/** What is wrong with one argument, in words that say what is accepted. */
export function describeIssue(issue: z.core.$ZodIssue, given: unknown): string {
  const path = issue.path.join(".") || "arguments";
  const value = issue.path.reduce<unknown>(
    (node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  );
  return `${path}: ${reasonOf(issue, value)}`;
}

function reasonOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === "invalid_type") {
    const wanted = WORDS[issue.expected] ?? issue.expected;
    return value === undefined ? `is missing; it must be ${wanted}` : `must be ${wanted}`;
  }
  if (issue.code === "too_small") return `must be at least ${issue.minimum}${unitOf(issue.origin)}`;
  if (issue.code === "too_big" && issue.message.startsWith("Too big")) {
    return `must be at most ${issue.maximum}${unitOf(issue.origin)}`;
  }
  if (issue.code === "invalid_value") return `must be one of ${issue.values.join(", ")}`;
  return issue.message;
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters long";
  return origin === "array" ? " items long" : "";
}
