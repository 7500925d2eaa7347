import { defineToolGroup } from "@flyte-mcp/core";
import { whoami } from "./whoami.ts";

/** Tools for the caller's identity. */
export const identity = defineToolGroup({
  name: "identity",
  description: "Identity: who the server acts as, and where.",
  tools: [whoami],
});
