import { listRows } from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import { Sort_Direction } from "@flyte-mcp/idl/common/list";
import type { RunIdentifier } from "@flyte-mcp/idl/common/identifier";
import type { Action } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";

/** No answer needs more, and each hundred is a call. */
const MOST_ACTIONS = 2_000;

export type RunId = Pick<RunIdentifier, "org" | "project" | "domain" | "name">;

/** The actions of a run, oldest first. */
export interface RunActions {
  actions: readonly Action[];
  /** False when the run has more than were read. */
  isWhole: boolean;
}

/** Lists a run's actions, at most 2,000; the open-source plane names their parents and phases, but not their tasks. */
export async function listActions(flyte: ToolContext["flyte"], runId: RunId): Promise<RunActions> {
  const oldest = { key: "created_at", direction: Sort_Direction.ASCENDING };
  const { rows, nextToken } = await listRows(MOST_ACTIONS, "", async (page) => {
    const request = { ...page, sortBy: oldest, sortByFields: [oldest] };
    const { actions, token } = await flyte(RunService).listActions({ runId, request });
    return { rows: actions, token };
  });
  return { actions: rows, isWhole: nextToken === undefined };
}
