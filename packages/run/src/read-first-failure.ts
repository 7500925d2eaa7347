import type { Scope, ToolContext } from "@flyte-mcp/core";
import { Filter_Function, Sort_Direction } from "@flyte-mcp/idl/common/list";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { describeAction } from "@flyte-mcp/observe";
import { z } from "zod";
import { errorOf } from "./find-cause.ts";

const MOST = 10;
const LONGEST_MESSAGE = 1_000;
const PATIENCE_MS = 3_000;

/** The action below a run's root that failed first. */
export const firstFailureOutput = z.object({
  action: z.string(),
  task: z.string().optional(),
  code: z.string().optional(),
  message: z.string(),
});

/** Finds the child that failed first: of a run that failed it tells more than the root does. */
export async function readFirstFailure(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
): Promise<z.input<typeof firstFailureOutput> | undefined> {
  // The state of the run is worth more than this addition to it.
  return find(flyte, { ...scope, name }).catch(() => undefined);
}

async function find(flyte: ToolContext["flyte"], runId: Scope & { name: string }) {
  const options = { signal: AbortSignal.timeout(PATIENCE_MS) };
  const oldest = { key: "created_at", direction: Sort_Direction.ASCENDING };
  const failed = { function: Filter_Function.EQUAL, field: "phase", values: [String(ActionPhase.FAILED)] };
  const request = { limit: MOST, filters: [failed], sortBy: oldest, sortByFields: [oldest] };
  const { actions } = await flyte(RunService).listActions({ runId, request }, options);
  const first = actions.find(({ metadata }) => metadata?.parent);
  if (!first?.id) return undefined;
  const actionId = { run: runId, name: first.id.name };
  const { details } = await flyte(RunService).getActionDetails({ actionId }, options);
  const error = details && errorOf(details);
  if (!error) return undefined;
  const { task } = describeAction(details.metadata);
  return {
    action: actionId.name,
    task,
    code: error.code || undefined,
    message: error.message.slice(0, LONGEST_MESSAGE),
  };
}
