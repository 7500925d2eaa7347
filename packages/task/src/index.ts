import { defineToolGroup } from "@flyte-mcp/core";
import { getTask } from "./get-task.ts";
import { launchTaskPrompt } from "./launch-task-prompt.ts";
import { listTasks } from "./list-tasks.ts";
import { runTask } from "./run-task.ts";

/** Tools for deployed tasks: what there is, what it takes, and running it. */
export const task = defineToolGroup({
  name: "task",
  description: "Deployed tasks: list them, learn their inputs, run them.",
  tools: [listTasks, getTask, runTask],
  prompts: [launchTaskPrompt],
});
