import { defineToolGroup } from "@flyte-mcp/core";
import { countRuns } from "./count-runs.ts";
import { reportTask } from "./report-task.ts";

export const report = defineToolGroup({
  name: "acme-report",
  description: "Reports on what ran.",
  tools: [countRuns],
  prompts: [reportTask],
});
