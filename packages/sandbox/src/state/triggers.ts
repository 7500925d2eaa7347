import type { TriggerName } from "@flyte-mcp/idl/common/identifier";
import type { Plane } from "../plane.ts";
import type { TriggerRow } from "./state.ts";

/** A trigger that is not deleted; without a task name, one of any task. */
export function findTrigger(plane: Plane, wanted: TriggerName | undefined): TriggerRow | undefined {
  return plane.state.triggers.find(
    ({ name, deletedAt }) =>
      !deletedAt &&
      name.name === wanted?.name &&
      name.project === wanted.project &&
      name.domain === wanted.domain &&
      (wanted.taskName === "" || name.taskName === wanted.taskName),
  );
}

/** What Flyte says of a trigger that is not there. */
export function triggerNotFound(name: TriggerName | undefined): string {
  const path = [name?.project, name?.domain, name?.taskName, name?.name].join("/");
  return `trigger not found: ${path}: sql: no rows in result set`;
}
