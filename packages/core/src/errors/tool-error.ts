import type { ErrorCode } from "./codes.ts";

/** What a caller is told of a failure: plain sentences, no secrets, below 2 kB together. */
export interface Explanation {
  code: ErrorCode;
  message: string;
  hint?: string;
  retryable: boolean;
}

export interface ToolError extends Error {
  explanation: Explanation;
}

/** An error that a tool throws to tell its caller what was wrong, what is accepted and what to do. */
export function createToolError(
  explanation: Omit<Explanation, "retryable"> & { retryable?: boolean },
): ToolError {
  const full = { retryable: false, ...explanation };
  return Object.assign(new Error(full.message), { name: "ToolError", explanation: full });
}

export function isToolError(error: unknown): error is ToolError {
  return error instanceof Error && "explanation" in error;
}
