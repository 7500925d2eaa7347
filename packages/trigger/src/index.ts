import { defineToolGroup } from "@flyte-mcp/core";
import { activateTrigger } from "./activate-trigger.ts";
import { deactivateTrigger } from "./deactivate-trigger.ts";
import { getTrigger } from "./get-trigger.ts";
import { listTriggers } from "./list-triggers.ts";
import { runTrigger } from "./run-trigger.ts";

/** Tools for triggers. */
export const trigger = defineToolGroup({
  name: "trigger",
  description: "Triggers: what starts runs on a schedule, switching them on and off, firing one now.",
  tools: [listTriggers, getTrigger, runTrigger, activateTrigger, deactivateTrigger],
});
