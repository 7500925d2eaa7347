import type { ToolContext } from "@flyte-mcp/core";
import type { Action } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { listActions } from "./list-actions.ts";
import type { RunActions, RunId } from "./list-actions.ts";

const IDLE_MS = 1_000;
const LONGEST_MS = 4_000;

/** Reads a run's actions with what they are; an unknown run fails as Flyte fails it. */
export async function readActions(flyte: ToolContext["flyte"], runId: RunId): Promise<RunActions> {
  const listed = await listActions(flyte, runId);
  // A list may be empty because there is no such run; only this call tells.
  if (listed.actions.length === 0) await flyte(RunService).getRunDetails({ runId });
  if (listed.actions.every(({ metadata }) => metadata?.spec.case !== undefined)) return listed;
  const known = await readSnapshot(flyte, runId, listed.actions.length);
  return { ...listed, actions: listed.actions.map((action) => known.get(action.id?.name ?? "") ?? action) };
}

/** What a watch says first: all actions with their tasks. It never says that this was all, so it is left when it falls silent. */
async function readSnapshot(
  flyte: ToolContext["flyte"],
  runId: RunId,
  wanted: number,
): Promise<Map<string, Action>> {
  const known = new Map<string, Action>();
  const stop = new AbortController();
  const [longest, idle] = [LONGEST_MS, IDLE_MS].map((ms) => setTimeout(() => stop.abort(), ms));
  try {
    const watch = flyte(RunService).watchActions({ runId }, { signal: stop.signal });
    for await (const { enrichedActions } of watch) {
      for (const { action } of enrichedActions) if (action?.id) known.set(action.id.name, action);
      idle?.refresh();
      if (known.size >= wanted) break;
    }
  } catch {
    // An addition to what is listed already: as much of it as has come is kept.
  } finally {
    clearTimeout(longest);
    clearTimeout(idle);
    stop.abort();
  }
  return known;
}
