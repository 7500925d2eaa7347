import { defineTool } from "@flyte-mcp/core";
import { z } from "zod";
import { switchOutput, switchTrigger } from "./switch-trigger.ts";
import { triggerInput } from "./trigger-input.ts";

export const deactivateTrigger = defineTool({
  name: "deactivate_trigger",
  title: "Deactivate trigger",
  description:
    "Pause a trigger, so that it starts no more runs until activate_trigger. Runs that it has started go on; abort_run stops one.",
  effect: "destructive",
  idempotent: true,
  input: triggerInput,
  output: switchOutput.extend({ deactivated: z.boolean() }),

  async run(input, context) {
    return { ...(await switchTrigger(context, input, false)), deactivated: true };
  },
});
