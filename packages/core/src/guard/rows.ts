import type { DescMessage, Message } from "@bufbuild/protobuf";
import { isMessage } from "@bufbuild/protobuf";
import { AppSchema } from "@flyte-mcp/idl/app/app_definition";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import {
  ListResponseSchema as ListAppsResponseSchema,
  WatchResponseSchema as AppWatchResponseSchema,
} from "@flyte-mcp/idl/app/app_payload";
import { TaskSchema } from "@flyte-mcp/idl/task/task_definition";
import {
  ListTasksResponseSchema,
  ListVersionsResponse_VersionResponseSchema as VersionSchema,
} from "@flyte-mcp/idl/task/task_service";
import { TriggerSchema } from "@flyte-mcp/idl/trigger/trigger_definition";
import { RunSchema, TaskGroupSchema } from "@flyte-mcp/idl/workflow/run_definition";
import { isAppAllowed, isLimited, isTaskAllowed, isTriggerAllowed } from "../policy.ts";
import type { Policy } from "../policy.ts";
import { rootTaskOf } from "./root-task.ts";

/** Drops the rows of a list answer that a policy hides, in place; a row whose owner is unknown is hidden too. */
export function hideRows(schema: DescMessage, message: Message, policy: Policy): void {
  for (const field of schema.fields) {
    if (field.fieldKind !== "list" || field.listKind !== "message") continue;
    const record = message as unknown as Record<string, Message[]>;
    const rows = record[field.localName];
    if (rows) record[field.localName] = rows.filter((row) => isRowAllowed(row, policy));
    record[field.localName]?.forEach((row) => hideLatestRun(row, policy));
  }
  // Counts would tell of the rows that are hidden.
  if (isLimited(policy, "tasks") && isMessage(message, ListTasksResponseSchema)) message.metadata = undefined;
  if (isLimited(policy, "apps") && isMessage(message, ListAppsResponseSchema)) message.totalCount = 0n;
}

/** The latest run of an allowed task may have been started by a forbidden one. */
function hideLatestRun(row: Message, policy: Policy): void {
  const holder = isMessage(row, TaskSchema)
    ? row.taskSummary
    : isMessage(row, VersionSchema)
      ? row
      : undefined;
  const latest = holder?.latestRun;
  if (!holder || !latest?.runId) return;
  const { project, domain } = latest.runId;
  if (!isTaskAllowed(policy, { project, domain, name: latest.rootTaskName })) holder.latestRun = undefined;
}

function isRowAllowed(row: Message, policy: Policy): boolean {
  if (isMessage(row, TaskSchema)) return isTaskKnownAndAllowed(policy, row.taskId);
  if (isMessage(row, RunSchema)) return isTaskKnownAndAllowed(policy, rootTaskOf(row));
  if (isMessage(row, AppSchema)) return isAppShown(policy, row);
  if (isMessage(row, TaskGroupSchema)) {
    // It names no project, so only an entry without one can mean it.
    return isTaskAllowed(policy, { project: "", domain: "", name: row.taskName });
  }
  if (isMessage(row, TriggerSchema)) {
    const name = row.id?.name;
    const task = name && { project: name.project, domain: name.domain, name: name.taskName };
    return name !== undefined && isTriggerAllowed(policy, name) && isTaskKnownAndAllowed(policy, task);
  }
  return true;
}

/** Whether a streamed event may be seen; only those of apps tell of one resource each. */
export function isEventShown(message: Message, policy: Policy): boolean {
  if (!isMessage(message, AppWatchResponseSchema)) return true;
  const { event } = message;
  return isAppShown(policy, event.case === "updateEvent" ? event.value.updatedApp : event.value?.app);
}

function isAppShown(policy: Policy, app: App | undefined): boolean {
  return isAppAllowed(policy, app?.metadata?.id?.name ?? "");
}

function isTaskKnownAndAllowed(
  policy: Policy,
  task: Parameters<typeof isTaskAllowed>[1] | undefined,
): boolean {
  if (!isLimited(policy, "tasks")) return true;
  return task !== undefined && isTaskAllowed(policy, task);
}
