import { createToolError, explainMissing } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { TaskSpecSource } from "@flyte-mcp/idl/task/run";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import type { RunOf } from "@flyte-mcp/launch";
import type { Earlier } from "./read-earlier.ts";

export interface ChosenTask {
  name: string;
  version: string;
  spec: TaskSpec;
  of: RunOf;
}

/** The code of then, by reference where the run was of a deployed version, or the deployed version that is asked for. */
export async function chooseTask(
  flyte: ToolContext["flyte"],
  scope: Scope,
  { spec, runSpec }: Earlier,
  version: string | undefined,
): Promise<ChosenTask> {
  const id = spec.taskTemplate?.id;
  const name = id?.name ?? "";
  const taskId = { org: scope.org, project: id?.project ?? "", domain: id?.domain ?? "", name };
  if (version !== undefined) {
    const found = { ...taskId, version };
    const { details } = await flyte(TaskService).getTaskDetails({ taskId: found });
    if (!details?.spec) throw createToolError(await explainMissing(flyte, "task", name, scope));
    return { name, version, spec: details.spec, of: { case: "taskId", value: found } };
  }
  const own = id?.version ?? "";
  const isDeployed = runSpec?.taskSpecSource === TaskSpecSource.DEPLOYED;
  const of: RunOf = isDeployed
    ? { case: "taskId", value: { ...taskId, version: own } }
    : { case: "taskSpec", value: spec };
  return { name, version: own, spec, of };
}
