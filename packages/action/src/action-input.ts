import { scopeInput } from "@flyte-mcp/core";
import { z } from "zod";

/** Names a run. */
export const runNameInput = z.string().min(1).describe("The run's name.");

/** Names one action of a run. */
export const actionInput = z
  .object({
    run_name: runNameInput,
    action_name: z.string().min(1).default("a0").describe("Name in the run; a0 is the run itself."),
  })
  .extend(scopeInput.shape);
