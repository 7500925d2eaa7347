import {
  defineTool,
  isoTime,
  isTerminal,
  limitInput,
  phaseName,
  scopeInput,
  tokenInput,
} from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { describeOrigin, readRoot } from "@flyte-mcp/observe";
import { z } from "zod";
import { describeAnswer, primitiveOf } from "./describe-answer.ts";
import { listConditionRows } from "./list-condition-rows.ts";
import { mapConcurrently } from "@flyte-mcp/observe";
import { readCondition } from "./read-condition.ts";
import type { Condition } from "./read-condition.ts";
import { VALUE_TYPES } from "./value-types.ts";

export const listConditions = defineTool({
  name: "list_conditions",
  title: "List conditions",
  description:
    "List a run's conditions, the questions at which it waits for a person: prompt, type, since when and who waits. Call it before signal_condition.",
  effect: "read",
  input: z
    .object({
      run_name: z.string().min(1).describe("The run."),
      waiting_only: z.boolean().default(false).describe("true: none that has ended."),
      limit: limitInput,
      token: tokenInput,
    })
    .extend(scopeInput.shape),
  output: z.object({
    conditions: z.array(
      z.object({
        name: z.string(),
        action_name: z.string(),
        waiting: z.boolean(),
        phase: z.string(),
        type: z.enum(VALUE_TYPES).optional(),
        prompt: z.string().optional(),
        description: z.string().optional(),
        since: z.string().optional(),
        ended_at: z.string().optional(),
        timeout_s: z.number().optional(),
        answer: z.union([z.boolean(), z.number(), z.string()]).optional(),
        waiting_action: z.string().optional().describe("The action that asks."),
        waiting_task: z.string().optional(),
      }),
    ),
    next_token: z.string().optional(),
  }),

  async run({ run_name, waiting_only: waiting, limit, token, ...args }, { flyte, scope }) {
    const place = scope(args);
    const { rows, nextToken } = await listConditionRows(flyte, place, run_name, { limit, token, waiting });
    // Flyte lists nothing for a run that does not exist.
    if (rows.length === 0 && token === undefined) await readRoot(flyte, place, run_name);
    const names = rows.flatMap(({ id }) => id?.name ?? []);
    const conditions = await mapConcurrently(names, (name) => readCondition(flyte, place, run_name, name));
    const tasks = await readTasks(flyte, place, run_name, conditions);
    return {
      conditions: conditions.map((condition) => describeCondition(condition, tasks)),
      next_token: nextToken,
    };
  },
});

/** The task of each action that waits. */
async function readTasks(
  flyte: ToolContext["flyte"],
  place: Scope,
  runName: string,
  conditions: readonly Condition[],
): Promise<Map<string, string | undefined>> {
  const parents = [...new Set(conditions.map(({ parent }) => parent).filter((parent) => parent !== ""))];
  const read = await mapConcurrently(parents, async (name) => {
    const actionId = { run: { ...place, name: runName }, name };
    const { details } = await flyte(RunService).getActionDetails({ actionId });
    return [name, describeOrigin(details?.metadata).task] as const;
  });
  return new Map(read);
}

function describeCondition(condition: Condition, tasks: ReadonlyMap<string, string | undefined>) {
  const { name, actionName, parent, type, status, declared, answer } = condition;
  const phase = status?.phase ?? ActionPhase.UNSPECIFIED;
  return {
    name,
    action_name: actionName,
    waiting: !isTerminal(phase),
    phase: phaseName(phase),
    type,
    prompt: declared?.prompt || undefined,
    description: declared?.description || undefined,
    since: isoTime(status?.startTime),
    ended_at: isoTime(status?.endTime),
    timeout_s: declared?.timeout && Number(declared.timeout.seconds),
    answer: describeAnswer(primitiveOf(answer)),
    waiting_action: parent || undefined,
    waiting_task: tasks.get(parent),
  };
}
