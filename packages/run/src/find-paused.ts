import { Code, ConnectError } from "@connectrpc/connect";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { Filter_Function } from "@flyte-mcp/idl/common/list";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";

const MOST = 20;

/** Names of a run's actions that wait for a person; undefined when none does. A blocked run itself stays RUNNING. */
export async function findPaused(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
): Promise<string[] | undefined> {
  const paused = { function: Filter_Function.EQUAL, field: "phase", values: [String(ActionPhase.PAUSED)] };
  try {
    const request = { limit: MOST, filters: [paused] };
    const { actions } = await flyte(RunService).listActions({ runId: { ...scope, name }, request });
    const names = actions.flatMap(({ id }) => id?.name ?? []);
    return names.length === 0 ? undefined : names;
  } catch (error) {
    // The state of the run is worth more than this addition to it.
    if (ConnectError.from(error).code === Code.PermissionDenied) throw error;
    return undefined;
  }
}
