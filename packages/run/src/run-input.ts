import { scopeInput } from "@flyte-mcp/core";
import { z } from "zod";

/** Names one run. */
export const runInput = z
  .object({
    name: z.string().min(1).describe("The run's name."),
  })
  .extend(scopeInput.shape);
