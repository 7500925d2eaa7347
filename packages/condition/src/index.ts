import { defineToolGroup } from "@flyte-mcp/core";

/** Tools for conditions. */
export const condition = defineToolGroup({
  name: "condition",
  description: "Conditions: gates at which a run waits for a person, and answering them.",
  tools: [],
});
