import { scopeInput } from "@flyte-mcp/core";
import { z } from "zod";

/** Names one trigger. */
export const triggerInput = z
  .object({
    task_name: z.string().min(1).describe("Full name of the task that it launches."),
    trigger_name: z.string().min(1).describe("The trigger's name, as list_triggers gives it."),
  })
  .extend(scopeInput.shape);

export type TriggerInput = z.output<typeof triggerInput>;
