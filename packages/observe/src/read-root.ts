import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { rootAction } from "./root-action.ts";

/** The root action of a run: phase, attempts, error, task spec. `GetRunDetails` may leave its error out. */
export async function readRoot(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
): Promise<ActionDetails | undefined> {
  const { details } = await flyte(RunService).getActionDetails({ actionId: rootAction(scope, name) });
  return details;
}
