import {
  assertProjectExists,
  createToolError,
  defineTool,
  explainMissing,
  limitInput,
  listRows,
  scopeInput,
  tokenInput,
} from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { Filter_Function } from "@flyte-mcp/idl/common/list";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import type { Run } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { describeOrigin, describeStatus } from "@flyte-mcp/observe";
import { runOutput } from "./describe-run.ts";

const PHASES = [
  "queued",
  "waiting_for_resources",
  "initializing",
  "running",
  "succeeded",
  "failed",
  "aborted",
  "timed_out",
  "paused",
  "recovered",
] as const;

export const listRuns = defineTool({
  name: "list_runs",
  title: "List runs",
  description:
    "List recent runs in a project and domain, newest first, of one task or of all. Call it to find a run's name or to see how a task has fared.",
  effect: "read",
  input: z
    .object({
      task_name: z.string().min(1).optional().describe("Only of this task, by its full name."),
      phase: z.array(z.enum(PHASES)).min(1).optional().describe("Only runs in one of these phases."),
      limit: limitInput,
      token: tokenInput,
    })
    .extend(scopeInput.shape),
  output: z.object({
    runs: z.array(
      runOutput.omit({
        attempts: true,
        cache_status: true,
        error: true,
        first_failure: true,
        abort_reason: true,
      }),
    ),
    next_token: z.string().optional(),
    note: z.string().optional().describe("Why the list is short."),
  }),

  async run(input, context) {
    const scope = context.scope(input);
    const { rows, nextToken, note } = await listRows(input.limit, input.token ?? "", async (page) => {
      const { runs, token } = await context.flyte(RunService).listRuns(listRequest(input, scope, page));
      return { rows: runs, token };
    });
    if (rows.length === 0 && input.token === undefined)
      await assertNamesExist(input.task_name, scope, context);
    return { runs: rows.map((row) => describeRow(row, context)), next_token: nextToken, note };
  },
});

interface Filters {
  task_name?: string;
  phase?: readonly (typeof PHASES)[number][];
}

function listRequest(
  { task_name, phase }: Filters,
  { org, project, domain }: Scope,
  page: { limit: number; token: string },
) {
  const newest = { key: "created_at" };
  return {
    request: { ...page, filters: filterByPhase(phase), sortBy: newest, sortByFields: [newest] },
    scopeBy:
      task_name === undefined
        ? ({ case: "projectId", value: { organization: org, name: project, domain } } as const)
        : ({ case: "taskName", value: { org, project, domain, name: task_name } } as const),
  };
}

/** Flyte compares phases by their numbers, as text; VALUE_IN with a single value fails on the open-source plane. */
function filterByPhase(phases: Filters["phase"]) {
  const values =
    phases?.map((name) => String(ActionPhase[name.toUpperCase() as keyof typeof ActionPhase])) ?? [];
  const compare = values.length === 1 ? Filter_Function.EQUAL : Filter_Function.VALUE_IN;
  return values.length === 0 ? [] : [{ function: compare, field: "phase", values }];
}

function describeRow({ action }: Run, { consoleUrl }: ToolContext) {
  const { name = "", project = "", domain = "" } = action?.id?.run ?? {};
  const url = consoleUrl({ kind: "runs", project, domain, path: [name] });
  return { name, ...describeStatus(action?.status), ...describeOrigin(action?.metadata), url };
}

/** An empty list means nothing when the project or the task does not exist; Flyte does not say so itself. */
async function assertNamesExist(
  task: string | undefined,
  scope: Scope,
  { flyte }: ToolContext,
): Promise<void> {
  if (task === undefined) return assertProjectExists(flyte, scope);
  const { versions } = await flyte(TaskService).listVersions({
    taskName: { ...scope, name: task },
    request: { limit: 1 },
  });
  if (versions.length === 0) throw createToolError(await explainMissing(flyte, "task", task, scope));
}
