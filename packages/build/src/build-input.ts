import { PYTHON_VERSIONS } from "@flyte-mcp/images";
import { z } from "zod";

/** An image's name without registry and tag. */
export const imageNameInput = z
  .string()
  .refine(
    (name) => name.length <= 128 && /^[a-z0-9]+([._-]+[a-z0-9]+)*$/.test(name),
    "must be small letters and digits, joined by . _ or -",
  );

export const pythonVersionInput = z
  .string()
  .refine((version) => (PYTHON_VERSIONS as readonly string[]).includes(version), {
    error: `must be one of ${PYTHON_VERSIONS.join(", ")}`,
  });

/** How a build is asked for; the same for both tools. */
export const buildOptionsInput = z.object({
  dry_run: z.boolean().optional().describe("Show spec and tag."),
  force: z.boolean().optional().describe("Rebuild."),
  wait: z.boolean().optional().describe("Up to 45 s."),
});

export type BuildOptions = z.output<typeof buildOptionsInput>;
