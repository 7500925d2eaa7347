import { scopeInput } from "@flyte-mcp/core";
import { z } from "zod";

/** Names one trigger. */
export const triggerInput = z
  .object({
    task_name: z.string().min(1).describe("Its task's full name."),
    trigger_name: z.string().min(1).describe("As list_triggers gives it."),
  })
  .extend(scopeInput.shape);

export type TriggerInput = z.output<typeof triggerInput>;
