import type { ContextFile } from "@flyte-mcp/images";
import { z } from "zod";

const LONGEST_PATH = 100;

const path = z
  .string()
  .refine(
    (given) => isInside(given),
    `must be a relative path inside of the context, at most ${LONGEST_PATH} bytes long`,
  );

/** A file that comes as content. */
export const contextFile = z.strictObject({ path, content: z.string() });

/** A file as its content alone, which then lies at `place`, or with a path of its own. */
export function fileAt(place: string): z.ZodType<ContextFile> {
  const content = z.string().transform((given) => ({ path: place, content: given }));
  return z.union([content, contextFile]);
}

function isInside(given: string): boolean {
  const parts = given.split("/");
  const isPlain = parts.every(
    (part) => part !== "" && part !== "." && part !== ".." && !/[\\\0\n:]/.test(part),
  );
  return isPlain && Buffer.byteLength(given) <= LONGEST_PATH;
}
