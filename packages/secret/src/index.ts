import { defineToolGroup } from "@flyte-mcp/core";

/** Tools for secrets. */
export const secret = defineToolGroup({
  name: "secret",
  description: "Secrets: list names, create, delete; values are never shown.",
  tools: [],
});
