import type { ServiceImpl } from "@connectrpc/connect";
import type { ListTasksRequest, TaskService } from "@flyte-mcp/idl/task/task_service";
import { invalidArgument, notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { readListQuery, takePage } from "../query/list-query.ts";
import { taskListing, VERSION_LISTING } from "../query/task-columns.ts";
import { assertProject } from "../state/projects.ts";
import type { TaskRow } from "../state/state.ts";
import { findTask, putTask, taskNotFound, toTaskMetadata } from "../state/tasks.ts";
import { deployTaskTriggers } from "./deploy-trigger.ts";

export function createTaskService(plane: Plane): ServiceImpl<typeof TaskService> {
  return {
    deployTask({ taskId, spec, triggers }) {
      if (!taskId || !spec) throw invalidArgument("task_id and spec are required");
      assertProject(plane, taskId.project);
      const saveTriggers = deployTaskTriggers(plane, taskId, triggers);
      putTask(plane, taskId, spec);
      saveTriggers();
      return {};
    },
    getTaskDetails({ taskId }) {
      const row = findTask(plane, taskId);
      if (!row) throw notFound(taskNotFound(taskId));
      return { details: { taskId: row.id, metadata: toTaskMetadata(plane, row), spec: row.spec } };
    },
    listTasks: (request) => listTasks(plane, request),
    listVersions({ request, taskName }) {
      const query = readListQuery(request, VERSION_LISTING);
      const rows = plane.state.tasks.filter(
        ({ id }) =>
          id.name === taskName?.name && id.project === taskName.project && id.domain === taskName.domain,
      );
      const { page, token } = takePage(rows, query, "after full page");
      return { versions: page.map((row) => ({ version: row.id.version, deployedAt: row.createdAt })), token };
    },
  };
}

/** The latest version of each task. */
function listTasks(plane: Plane, { request, scopeBy }: ListTasksRequest) {
  const query = readListQuery(request, taskListing(plane));
  const rows = plane.state.tasks.filter(({ id }) => isInScope(id, scopeBy));
  const { page, token, matching } = takePage(latestOf(rows.filter(query.matches)), query, "after full page");
  const tasks = page.map((row) => ({
    taskId: row.id,
    metadata: toTaskMetadata(plane, row),
    taskSummary: {},
  }));
  // The counts come with the rows, so an empty page has none.
  const metadata = page.length > 0 ? { total: latestOf(rows).length, filteredTotal: matching } : {};
  return { tasks, token, metadata };
}

function isInScope(id: TaskRow["id"], scopeBy: ListTasksRequest["scopeBy"]): boolean {
  if (scopeBy.case !== "projectId") return true;
  return id.project === scopeBy.value.name && id.domain === scopeBy.value.domain;
}

function latestOf(rows: TaskRow[]): TaskRow[] {
  const latest = new Map<string, TaskRow>();
  // Rows are kept in the order of their creation.
  for (const row of rows) latest.set([row.id.project, row.id.domain, row.id.name].join("/"), row);
  return [...latest.values()];
}
