import { defineToolGroup } from "@flyte-mcp/core";
import { listConditions } from "./list-conditions.ts";
import { signalCondition } from "./signal-condition.ts";

/** Tools for conditions: what a run asks of a person, and the answer. */
export const condition = defineToolGroup({
  name: "condition",
  description: "Conditions: gates at which a run waits for a person, and answering them.",
  tools: [listConditions, signalCondition],
});
