import type { Scope, ToolContext } from "@flyte-mcp/core";
import type {
  Action,
  ActionMetadata,
  ActionStatus,
  ConditionAction,
} from "@flyte-mcp/idl/workflow/run_definition";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { ValueType } from "./value-types.ts";
import { valueType } from "./value-types.ts";

/** One condition of a run, as far as it was read. */
export interface Condition {
  /** As the task declares it; the action's where Flyte does not tell. */
  name: string;
  actionName: string;
  /** The action that waits for it. */
  parent: string;
  type: ValueType | undefined;
  status: ActionStatus | undefined;
  /** Its prompt and description, which only details have. */
  declared?: ConditionAction | undefined;
  /** What it was answered with. */
  answer?: Literal | undefined;
}

/** A condition with all that Flyte knows of it. */
export async function readCondition(
  flyte: ToolContext["flyte"],
  place: Scope,
  runName: string,
  actionName: string,
): Promise<Condition> {
  // Lists of the open-source plane leave the organisation out of their ids.
  const actionId = { run: { ...place, name: runName }, name: actionName };
  const { details } = await flyte(RunService).getActionDetails({ actionId });
  const declared = details?.spec.case === "condition" ? details.spec.value : undefined;
  const told = describeMetadata(actionName, details?.metadata);
  return {
    ...told,
    name: declared?.name || told.name,
    type: valueType(declared?.type) ?? told.type,
    status: details?.status,
    declared,
    answer: details?.result.case === "signalInfo" ? details.result.value.output : undefined,
  };
}

/** A condition as a list shows it; read anew where the list leaves out its name or type, as the open-source plane does. */
export async function completeCondition(
  flyte: ToolContext["flyte"],
  place: Scope,
  runName: string,
  { id, metadata, status }: Action,
): Promise<Condition> {
  const actionName = id?.name ?? "";
  const told = describeMetadata(actionName, metadata);
  if (metadata?.spec.case === "condition" && told.type) return { ...told, status };
  return readCondition(flyte, place, runName, actionName);
}

function describeMetadata(actionName: string, metadata: ActionMetadata | undefined) {
  const condition = metadata?.spec.case === "condition" ? metadata.spec.value : undefined;
  return {
    name: condition?.name || actionName,
    actionName,
    parent: metadata?.parent ?? "",
    type: valueType(condition?.type),
  };
}
