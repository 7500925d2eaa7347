import { createToolError } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { TriggerDetails, TriggerSpec } from "@flyte-mcp/idl/trigger/trigger_definition";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";

/** A trigger's full name. */
export interface TriggerName extends Scope {
  taskName: string;
  name: string;
}

/** A trigger whose spec is known. */
export type Trigger = TriggerDetails & { spec: TriggerSpec };

/** The trigger as it is now; one that does not exist fails the call. */
export async function readTrigger(flyte: ToolContext["flyte"], name: TriggerName): Promise<Trigger> {
  const { trigger } = await flyte(TriggerService).getTriggerDetails({ name });
  if (trigger?.spec) return trigger as Trigger;
  throw createToolError({ code: "internal", message: `Flyte gave no details of trigger "${name.name}".` });
}
