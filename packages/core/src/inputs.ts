import { z } from "zod";

/** Where a call works; every tool of a project's resources takes these two. */
export const scopeInput = z.object({
  project: z.string().min(1).optional().describe("The configured one when left out."),
  domain: z.string().min(1).optional().describe("Such as development; the configured one when left out."),
});

const MAX_ROWS = 500;

/** How many rows a list tool returns. */
export const limitInput = z.int().min(1).max(MAX_ROWS).default(25).describe("How many to return.");

/** Where a list tool goes on. */
export const tokenInput = z
  .string()
  .optional()
  .describe("next_token of an earlier answer, to go on after it.");
