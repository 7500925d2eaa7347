import type { LogContext } from "@flyte-mcp/idl/core/execution";
import type { ActionIdentifier } from "@flyte-mcp/idl/common/identifier";
import { notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { findAction } from "../state/actions.ts";
import { latestEvent } from "../state/attempts.ts";
import { goActionId } from "../wire/go-text.ts";

/** Where an attempt logs, from its latest event alone; so that of a finished one may know nothing. */
export function readLogContext(
  plane: Plane,
  id: ActionIdentifier | undefined,
  attempt: number,
): { logContext: LogContext; cluster: string } {
  const row = findAction(plane, id);
  const event = row && latestEvent(row, attempt);
  const whose = `for action ${goActionId(id)} attempt ${attempt}`;
  if (!event) throw notFound(`no event found ${whose}`);
  if (!event.logContext) throw notFound(`no log context found ${whose}`);
  return { logContext: event.logContext, cluster: event.cluster };
}
