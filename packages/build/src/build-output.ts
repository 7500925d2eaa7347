import { errorOutput } from "@flyte-mcp/observe";
import { z } from "zod";

export const buildOutput = z.object({
  image_uri: z.string().optional().describe("By which it is pulled, once it is built."),
  tag: z.string(),
  target_image: z.string().describe("What the builder was asked to make."),
  exists: z.boolean().optional().describe("Whether it was built before this call."),
  run: z.string().optional().describe("The build's run."),
  phase: z.string().optional().describe("Of the run."),
  project: z.string().optional().describe("Of the run."),
  domain: z.string().optional().describe("Of the run."),
  error: errorOutput.optional(),
  log: z.array(z.string()).optional().describe("The last lines of a failed build."),
  timed_out: z.boolean().optional(),
  message: z.string().optional().describe("What to do next."),
  url: z.string().optional().describe("Of the run."),
  dry_run: z.boolean().optional(),
  spec: z.record(z.string(), z.unknown()).optional().describe("Of a dry run."),
  context_files: z.array(z.string()).optional().describe("Of a dry run."),
});

export type BuildAnswer = z.input<typeof buildOutput>;
