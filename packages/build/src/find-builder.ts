import { createToolError } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskService } from "@flyte-mcp/idl/task/task_service";

const BUILDER = { project: "system", domain: "production", name: "build-image" };

/** The newest version of the task that builds images; throws a tool error where the plane has none. */
export async function findBuilder(flyte: ToolContext["flyte"], { org }: Scope): Promise<TaskSpec> {
  const tasks = flyte(TaskService);
  const taskName = { org, ...BUILDER };
  const newest = { key: "created_at" };
  const request = { limit: 1, sortBy: newest, sortByFields: [newest] };
  const { versions } = await tasks.listVersions({ taskName, request });
  const [latest] = versions;
  if (latest === undefined) throw noBuilder();
  const { details } = await tasks.getTaskDetails({ taskId: { ...taskName, version: latest.version } });
  if (!details?.spec?.taskTemplate) throw noBuilder();
  return details.spec;
}

function noBuilder(): Error {
  return createToolError({
    code: "not_found",
    message:
      "This control plane has no remote image builder: the task build-image of system/production is not deployed.",
    hint: "Ask the operator of Flyte for it, or use an image that is there.",
  });
}
