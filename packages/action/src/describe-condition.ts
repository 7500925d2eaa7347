import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { z } from "zod";

/** The gate that an action is. */
export const conditionOutput = z.object({
  name: z.string(),
  prompt: z.string().optional(),
  description: z.string().optional(),
});

/** Describes the gate that an action is; undefined for any other. */
export function describeCondition(
  details: ActionDetails | undefined,
): z.input<typeof conditionOutput> | undefined {
  const spec = details?.spec;
  if (spec?.case === "condition") {
    const { name, prompt, description } = spec.value;
    return { name, prompt: prompt || undefined, description: description || undefined };
  }
  const declared = details?.metadata?.spec;
  return declared?.case === "condition" ? { name: declared.value.name } : undefined;
}
