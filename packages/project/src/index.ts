import { defineToolGroup } from "@flyte-mcp/core";

/** Tools for projects. */
export const project = defineToolGroup({
  name: "project",
  description: "Projects: list them, describe one.",
  tools: [],
});
