import {
  assertProjectExists,
  defineTool,
  isoTime,
  limitInput,
  listRows,
  phaseName,
  scopeInput,
  tokenInput,
} from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import { Filter_Function } from "@flyte-mcp/idl/common/list";
import type { Task, TaskSummary } from "@flyte-mcp/idl/task/task_definition";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { z } from "zod";

export const listTasks = defineTool({
  name: "list_tasks",
  title: "List tasks",
  description:
    "List the tasks deployed in a project and domain, newest first, one row each with its newest version. Call it to find a task's exact name.",
  effect: "read",
  input: z
    .object({
      name_contains: z
        .string()
        .min(1)
        .optional()
        .describe("Only tasks whose name contains this, in any case."),
      entrypoint: z
        .boolean()
        .optional()
        .describe("true: only tasks meant to be launched directly, where Flyte marks them."),
      limit: limitInput,
      token: tokenInput,
    })
    .extend(scopeInput.shape),
  output: z.object({
    tasks: z.array(
      z.object({
        name: z.string(),
        version: z.string(),
        environment: z.string().optional(),
        description: z.string().optional(),
        deployed_at: z.string().optional(),
        deployed_by: z.string().optional(),
        latest_run: z.object({ name: z.string(), phase: z.string(), time: z.string().optional() }).optional(),
        url: z.string().optional(),
      }),
    ),
    total: z.number().optional().describe("Tasks in the project, where Flyte counts them."),
    next_token: z.string().optional(),
    note: z.string().optional().describe("Why the list is short."),
  }),

  async run(input, context) {
    const scope = context.scope(input);
    let total: number | undefined;
    const { rows, nextToken, note } = await listRows(input.limit, input.token ?? "", async (page) => {
      const response = await context.flyte(TaskService).listTasks(listRequest(input, scope, page));
      total ??= response.metadata?.filteredTotal;
      return { rows: response.tasks, token: response.token };
    });
    if (rows.length === 0 && input.token === undefined) await assertProjectExists(context.flyte, scope);
    return {
      tasks: rows.map((row) => describeRow(row, context)),
      total: total || undefined,
      next_token: nextToken,
      note,
    };
  },
});

interface Filters {
  name_contains?: string;
  entrypoint?: boolean;
}

function listRequest(
  { name_contains, entrypoint }: Filters,
  { org, project, domain }: ReturnType<ToolContext["scope"]>,
  page: { limit: number; token: string },
) {
  const newest = { key: "created_at" };
  const byName = { function: Filter_Function.CONTAINS_CASE_INSENSITIVE, field: "name" };
  const filters = name_contains === undefined ? [] : [{ ...byName, values: [name_contains] }];
  const known = { filterBy: { case: "isEntrypoint", value: entrypoint ?? false } } as const;
  return {
    request: { ...page, filters, sortBy: newest, sortByFields: [newest] },
    scopeBy: { case: "projectId", value: { organization: org, name: project, domain } } as const,
    knownFilters: entrypoint === undefined ? [] : [known],
  };
}

function describeRow({ taskId, metadata, taskSummary }: Task, { consoleUrl }: ToolContext) {
  const { name = "", version = "", project = "", domain = "" } = taskId ?? {};
  return {
    name,
    version,
    environment: metadata?.environmentName || undefined,
    description: metadata?.shortDescription || undefined,
    deployed_at: isoTime(metadata?.deployedAt),
    deployed_by: metadata?.deployedBy?.principal.value?.id?.subject,
    latest_run: describeLatest(taskSummary),
    url: consoleUrl({ kind: "tasks", project, domain, path: [name] }),
  };
}

function describeLatest(summary: TaskSummary | undefined) {
  const latest = summary?.latestRun;
  if (!latest?.runId) return undefined;
  return { name: latest.runId.name, phase: phaseName(latest.phase), time: isoTime(latest.runTime) };
}
