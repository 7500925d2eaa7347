import type { Complete, ReadContext } from "@flyte-mcp/core";
import { Filter_Function } from "@flyte-mcp/idl/common/list";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";

/** One page: whoever types does not wait for more. */
const LIMIT = 100;
const NEWEST = { key: "created_at" };

/** Ids of projects that are not archived. */
export const completeProject: Complete = async (_value, context) =>
  (await readProjects(context)).map(({ id }) => id);

/** Domains of the project that is given, else of all. */
export const completeDomain: Complete = async (_value, context, { project }) => {
  const projects = await readProjects(context);
  const named = projects.filter(({ id }) => id === project);
  return (named.length > 0 ? named : projects).flatMap(({ domains }) => domains.map(({ id }) => id));
};

/** Names of the newest runs, in the project and domain that are given or configured. */
export const completeRun: Complete = async (_value, { flyte, scope }, given) => {
  const { runs } = await flyte(RunService).listRuns({
    request: { limit: LIMIT, sortBy: NEWEST, sortByFields: [NEWEST] },
    scopeBy: { case: "projectId", value: projectOf(scope(given)) },
  });
  return runs.map(({ action }) => action?.id?.run?.name ?? "").filter((name) => name !== "");
};

/** Full names of tasks, likewise. */
export const completeTask: Complete = async (value, { flyte, scope }, given) => {
  const byName = { function: Filter_Function.CONTAINS_CASE_INSENSITIVE, field: "name", values: [value] };
  const filters = value === "" ? [] : [byName];
  const { tasks } = await flyte(TaskService).listTasks({
    request: { limit: LIMIT, filters, sortBy: NEWEST, sortByFields: [NEWEST] },
    scopeBy: { case: "projectId", value: projectOf(scope(given)) },
  });
  return tasks.map(({ taskId }) => taskId?.name ?? "").filter((name) => name !== "");
};

async function readProjects({ flyte, plane }: ReadContext) {
  const request = { limit: LIMIT, org: plane.org, filters: "eq(state, 0)", sortBy: NEWEST };
  const { projects } = await flyte(ProjectService).listProjects(request);
  return projects?.projects ?? [];
}

function projectOf({ org, project, domain }: ReturnType<ReadContext["scope"]>) {
  return { organization: org, name: project, domain };
}
