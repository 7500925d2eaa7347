import { defineTool } from "@flyte-mcp/core";
import { z } from "zod";
import { switchOutput, switchTrigger } from "./switch-trigger.ts";
import { triggerInput } from "./trigger-input.ts";

export const activateTrigger = defineTool({
  name: "activate_trigger",
  title: "Activate trigger",
  description:
    "Switch a trigger on, so that it starts runs by its schedule or artifact from now on. It starts none at once; run_trigger does.",
  effect: "write",
  idempotent: true,
  input: triggerInput,
  output: switchOutput.extend({ activated: z.boolean() }),

  async run(input, context) {
    return { ...(await switchTrigger(context, input, true)), activated: true };
  },
});
