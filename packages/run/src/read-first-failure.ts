import type { Scope, ToolContext } from "@flyte-mcp/core";
import { Filter_Function, Sort_Direction } from "@flyte-mcp/idl/common/list";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { describeAction, describeError } from "@flyte-mcp/observe";
import { z } from "zod";
import { errorOf } from "./find-cause.ts";

const MOST = 10;
const FAILED: readonly ActionPhase[] = [ActionPhase.FAILED, ActionPhase.TIMED_OUT];
const LONGEST_MESSAGE = 1_000;
const PATIENCE_MS = 3_000;

// A plane may record nothing but the phase of what ran out of time.
const NO_ERROR = { code: undefined, message: "Flyte recorded no message." };

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
  const failed = { function: Filter_Function.VALUE_IN, field: "phase", values: FAILED.map(String) };
  const request = { limit: MOST, filters: [failed], sortBy: oldest, sortByFields: [oldest] };
  const { actions } = await flyte(RunService).listActions({ runId, request }, options);
  const first = actions.find(({ metadata }) => metadata?.parent);
  if (!first?.id) return undefined;
  const actionId = { run: runId, name: first.id.name };
  const { details } = await flyte(RunService).getActionDetails({ actionId }, options);
  const error = details && errorOf(details);
  const { task } = describeAction(details?.metadata);
  const { code, message } = error ? describeError(error) : NO_ERROR;
  return { action: actionId.name, task, code, message: message.slice(0, LONGEST_MESSAGE) };
}
