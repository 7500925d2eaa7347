import {
  assertProjectExists,
  createToolError,
  defineTool,
  explainMissing,
  isoTime,
  limitInput,
  listRows,
  scopeInput,
  tokenInput,
} from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import type { Trigger } from "@flyte-mcp/idl/trigger/trigger_definition";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { z } from "zod";
import { describeAutomation } from "./describe-automation.ts";

export const listTriggers = defineTool({
  name: "list_triggers",
  title: "List triggers",
  description:
    "List the triggers of a project and domain, or of one task, changed last first: what starts runs by a schedule or an artifact, and whether it is active.",
  effect: "read",
  input: z
    .object({
      task_name: z.string().min(1).optional().describe("Only of this task, by its full name."),
      active: z.boolean().optional().describe("true: only active ones, false: only paused ones."),
      limit: limitInput,
      token: tokenInput,
    })
    .extend(scopeInput.shape),
  output: z.object({
    triggers: z.array(
      z.object({
        name: z.string(),
        task_name: z.string(),
        active: z.boolean(),
        automation: z.string(),
        last_triggered_at: z.string().optional(),
        deployed_at: z.string().optional(),
        url: z.string().optional(),
      }),
    ),
    next_token: z.string().optional(),
    note: z.string().optional().describe("Why the list is short."),
  }),

  async run(input, context) {
    const { flyte } = context;
    const scope = context.scope(input);
    const scopeBy = scopeOf(scope, input.task_name);
    const newest = { key: "updated_at" };
    const { rows, nextToken, note } = await listRows(input.limit, input.token ?? "", async (page) => {
      const request = { ...page, sortBy: newest, sortByFields: [newest] };
      const { triggers, token } = await flyte(TriggerService).listTriggers({ request, scopeBy });
      return { rows: triggers.filter(({ active }) => active === (input.active ?? active)), token };
    });
    if (rows.length === 0 && input.token === undefined) await assertThere(flyte, scope, input.task_name);
    return { triggers: rows.map((row) => describeRow(row, context)), next_token: nextToken, note };
  },
});

function scopeOf({ org, project, domain }: Scope, taskName: string | undefined) {
  return taskName === undefined
    ? ({ case: "projectId", value: { organization: org, name: project, domain } } as const)
    : ({ case: "taskName", value: { org, project, domain, name: taskName } } as const);
}

/** Flyte answers an empty list for what does not exist as well. */
async function assertThere(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string | undefined,
): Promise<void> {
  if (name === undefined) return assertProjectExists(flyte, scope);
  const { versions } = await flyte(TaskService).listVersions({
    taskName: { ...scope, name },
    request: { limit: 1 },
  });
  if (versions.length === 0) throw createToolError(await explainMissing(flyte, "task", name, scope));
}

function describeRow({ id, active, automationSpec, status }: Trigger, { consoleUrl }: ToolContext) {
  const { name = "", taskName = "", project = "", domain = "" } = id?.name ?? {};
  return {
    name,
    task_name: taskName,
    active,
    automation: describeAutomation(automationSpec),
    last_triggered_at: isoTime(status?.triggeredAt),
    deployed_at: isoTime(status?.deployedAt),
    url: consoleUrl({ kind: "triggers", project, domain, path: [taskName, name] }),
  };
}
