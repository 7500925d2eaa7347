import { defineToolGroup } from "@flyte-mcp/core";

/** Tools for triggers. */
export const trigger = defineToolGroup({
  name: "trigger",
  description: "Triggers: what starts runs on a schedule, switching them on and off, firing one now.",
  tools: [],
});
