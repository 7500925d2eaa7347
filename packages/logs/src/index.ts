import { defineToolGroup } from "@flyte-mcp/core";
import { getLogs } from "./get-logs.ts";

/** Tools for logs of actions. */
export const logs = defineToolGroup({
  name: "logs",
  description: "Logs: what an action printed, its last lines first.",
  tools: [getLogs],
});
