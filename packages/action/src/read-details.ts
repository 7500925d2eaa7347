import type { ToolContext } from "@flyte-mcp/core";
import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { RunId } from "@flyte-mcp/observe";

/** Each is a call, so that only the first of a long page are read. */
const MOST = 40;
const AT_ONCE = 8;

/** The details of actions by their names, eight calls at a time, as far as Flyte gives them. */
export async function readDetails(
  flyte: ToolContext["flyte"],
  run: RunId,
  names: readonly string[],
): Promise<ReadonlyMap<string, ActionDetails>> {
  const found = new Map<string, ActionDetails>();
  const waiting = [...new Set(names)].slice(0, MOST);
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      // The list is worth more than this addition to it.
      const call = flyte(RunService).getActionDetails({ actionId: { run, name } });
      const { details } = await call.catch(() => ({ details: undefined }));
      if (details) found.set(name, details);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}
