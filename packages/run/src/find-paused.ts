import type { Scope, ToolContext } from "@flyte-mcp/core";
import { Filter_Function } from "@flyte-mcp/idl/common/list";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";

const MOST = 20;
const PATIENCE_MS = 1_500;

/** Names of a run's actions that wait for a person; undefined when none does. A blocked run itself stays RUNNING. */
export async function findPaused(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
): Promise<string[] | undefined> {
  const paused = { function: Filter_Function.EQUAL, field: "phase", values: [String(ActionPhase.PAUSED)] };
  const request = { limit: MOST, filters: [paused] };
  const call = flyte(RunService).listActions(
    { runId: { ...scope, name }, request },
    { signal: AbortSignal.timeout(PATIENCE_MS) },
  );
  // The state of the run is worth more than this addition to it.
  const actions = await call.then((answer) => answer.actions).catch(() => []);
  const names = actions.flatMap(({ id }) => id?.name ?? []);
  return names.length === 0 ? undefined : names;
}
