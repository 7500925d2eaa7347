import { Code, ConnectError } from "@connectrpc/connect";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";

export interface FoundRun {
  task: string;
  version: string;
  annotations: Record<string, string>;
}

/** What a run of this name is of, or undefined when there is no such run. */
export async function findRun(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
): Promise<FoundRun | undefined> {
  try {
    const { details } = await flyte(RunService).getRunDetails({ runId: { ...scope, name } });
    const spec = details?.action?.metadata?.spec;
    const id = spec?.case === "task" ? spec.value.id : undefined;
    const annotations = details?.runSpec?.annotations?.values ?? {};
    return { task: id?.name ?? "", version: id?.version ?? "", annotations };
  } catch (error) {
    if (ConnectError.from(error).code === Code.NotFound) return undefined;
    throw error;
  }
}
