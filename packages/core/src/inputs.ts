import { z } from "zod";

/** Where a call works; every tool of a project's resources takes these two. */
export const scopeInput = z.object({
  project: z.string().min(1).optional().describe("Default: configured."),
  domain: z.string().min(1).optional().describe("Default: configured."),
});

const MAX_ROWS = 500;

/** How many rows a list tool returns. */
export const limitInput = z
  .int()
  .min(1)
  .max(MAX_ROWS)
  .default(25)
  .describe(`How many to return, 1 to ${MAX_ROWS}.`);

/** Where a list tool goes on. */
export const tokenInput = z.string().optional().describe("next_token of an earlier answer.");
