import type { ToolContext } from "@flyte-mcp/core";
import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { mapConcurrently } from "@flyte-mcp/observe";
import type { RunId } from "@flyte-mcp/observe";

/** Each is a call, so that only the first of a long page are read. */
const MOST = 40;

/** The details of actions by their names, eight calls at a time, as far as Flyte gives them. */
export async function readDetails(
  flyte: ToolContext["flyte"],
  run: RunId,
  names: readonly string[],
): Promise<ReadonlyMap<string, ActionDetails>> {
  const first = [...new Set(names)].slice(0, MOST);
  const read = await mapConcurrently(first, async (name) => {
    // The list is worth more than this addition to it.
    const call = flyte(RunService).getActionDetails({ actionId: { run, name } });
    const { details } = await call.catch(() => ({ details: undefined }));
    return [name, details] as const;
  });
  return new Map(read.flatMap(([name, details]) => (details ? [[name, details] as const] : [])));
}
