import { z } from "zod";

/** What all three searches take; longer patterns than 200 are no question that a person has. */
export const searchInput = z.object({
  pattern: z.string().trim().min(1).max(200).describe("Words, code or RE2 regex."),
  mode: z.enum(["auto", "text", "regex", "literal"]).default("auto").describe("text: by words."),
  limit: z.int().min(1).max(20).default(5).describe("Most files, 1 to 20."),
  path: z.string().min(1).max(200).optional().describe("Only such paths; * is anything."),
  before_context_lines: z.int().min(0).max(50).default(2).describe("0 to 50."),
  after_context_lines: z.int().min(0).max(50).default(8).describe("0 to 50."),
});

export type SearchInput = z.output<typeof searchInput>;

export const searchOutput = z.object({
  mode: z.enum(["text", "regex", "literal"]).describe("How the pattern was read."),
  files_matched: z.int(),
  results: z
    .array(
      z.object({
        path: z.string().describe("Inside the corpus; read_example opens it."),
        title: z.string().optional(),
        matching_lines: z.int().optional().describe("How many there are in the file."),
        excerpt: z.string().describe("`12:` is a line that matches, `13-` one around it."),
      }),
    )
    .describe("Best first."),
  read_as: z.record(z.string(), z.string()).optional().describe("What misspelled words were taken for."),
  left_out: z.record(z.string(), z.int()).optional().describe("Files not searched, by why."),
  note: z.string().optional(),
});

export type SearchOutput = z.input<typeof searchOutput>;
