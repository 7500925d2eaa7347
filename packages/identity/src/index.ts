import { defineToolGroup } from "@flyte-mcp/core";

/** Tools for the caller's identity. */
export const identity = defineToolGroup({
  name: "identity",
  description: "Identity: who the server acts as, and where.",
  tools: [],
});
