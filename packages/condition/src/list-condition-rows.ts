import { listRows } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { Filter_Function } from "@flyte-mcp/idl/common/list";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { ActionType } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";

export interface ListOptions {
  limit: number;
  token?: string | undefined;
  /** Only conditions that wait for an answer. */
  waiting?: boolean;
}

/** The actions of a run that are conditions, as the list shows them. */
export function listConditionRows(
  flyte: ToolContext["flyte"],
  place: Scope,
  runName: string,
  { limit, token = "", waiting = false }: ListOptions,
) {
  const filters = [
    equal("action_type", ActionType.CONDITION),
    ...(waiting ? [equal("phase", ActionPhase.PAUSED)] : []),
  ];
  return listRows(limit, token, async (page) => {
    const request = { ...page, filters };
    const answer = await flyte(RunService).listActions({ runId: { ...place, name: runName }, request });
    return { rows: answer.actions, token: answer.token };
  });
}

/** Flyte compares enums by their numbers, as text. */
function equal(field: string, value: number) {
  return { function: Filter_Function.EQUAL, field, values: [String(value)] };
}
