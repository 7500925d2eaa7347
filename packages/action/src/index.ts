import { defineToolGroup } from "@flyte-mcp/core";

/** Tools for actions of a run. */
export const action = defineToolGroup({
  name: "action",
  description: "Actions: the steps of a run as a tree, one of them in full, stopping one.",
  tools: [],
});
