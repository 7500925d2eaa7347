import { createToolError, explainMissing } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { TaskDetails } from "@flyte-mcp/idl/task/task_definition";
import { TaskService } from "@flyte-mcp/idl/task/task_service";

/** Reads one version of a task, the newest when none is given; throws a tool error with near names when there is none. */
export async function readTask(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
  version: string | undefined,
): Promise<TaskDetails> {
  const tasks = flyte(TaskService);
  const newest = version ?? (await newestVersion(flyte, scope, name));
  const { details } = await tasks.getTaskDetails({ taskId: { ...scope, name, version: newest } });
  if (!details)
    throw createToolError({ code: "internal", message: `Flyte gave no details of task "${name}".` });
  return details;
}

/** `ListVersions` is exact and cheap; an unknown task has no versions there rather than being an error. */
async function newestVersion(flyte: ToolContext["flyte"], scope: Scope, name: string): Promise<string> {
  const newest = { key: "created_at" };
  const request = { limit: 1, sortBy: newest, sortByFields: [newest] };
  const { versions } = await flyte(TaskService).listVersions({ taskName: { ...scope, name }, request });
  if (versions[0] === undefined) throw createToolError(await explainMissing(flyte, "task", name, scope));
  return versions[0].version;
}
