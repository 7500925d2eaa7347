import { z } from "zod";

/**
 * Where a call works; every tool of a project's resources takes these two. They carry no words: seventy times
 * "default: configured" is a tenth of the list, and the instructions and `whoami` say what the default is.
 */
export const scopeInput = z.object({
  project: z.string().min(1).optional(),
  domain: z.string().min(1).optional(),
});

const MAX_ROWS = 500;

/** How many rows a list tool returns. */
export const limitInput = z.int().min(1).max(MAX_ROWS).default(25).describe(`Most rows, 1 to ${MAX_ROWS}.`);

/** Where a list tool goes on. */
export const tokenInput = z.string().optional().describe("From next_token.");
