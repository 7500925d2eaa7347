import { defineToolGroup } from "@flyte-mcp/core";

/** Tools for apps. */
export const app = defineToolGroup({
  name: "app",
  description: "Apps: long-running services, their state, starting and stopping them.",
  tools: [],
});
