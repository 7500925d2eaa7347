import { create } from "@bufbuild/protobuf";
import type { ActionIdentifier } from "@flyte-mcp/idl/common/identifier";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type {
  ActionDetails,
  ActionMetadata,
  ActionStatus,
  Run,
} from "@flyte-mcp/idl/workflow/run_definition";
import {
  ActionDetailsSchema,
  ActionMetadataSchema,
  ActionStatusSchema,
  ActionType,
  RunSchema,
} from "@flyte-mcp/idl/workflow/run_definition";
import { durationMs } from "../clock.ts";
import { listAttempts } from "./attempts.ts";
import type { ActionRow } from "./state.ts";

/** The display name of an action: its task, trace or condition. */
export function functionName(row: ActionRow): string {
  return row.taskId?.name ?? row.trace?.name ?? row.condition?.name ?? "";
}

/** The status of an action; lists leave a duration of zero out. */
export function toStatus(row: ActionRow, zeroDuration: "shown" | "left out"): ActionStatus {
  const duration = row.endedAt && durationMs(row.createdAt, row.endedAt);
  return create(ActionStatusSchema, {
    phase: row.phase,
    startTime: row.createdAt,
    endTime: row.endedAt,
    attempts: row.attempts,
    cacheStatus: row.cacheStatus,
    durationMs: duration === 0n && zeroDuration === "left out" ? undefined : duration,
  });
}

function toSpec(row: ActionRow): ActionMetadata["spec"] {
  const metadata = create(ActionMetadataSchema, {
    spec: row.trace
      ? { case: "trace", value: { name: row.trace.name } }
      : row.condition
        ? { case: "condition", value: { name: row.condition.name, type: row.condition.type } }
        : { case: "task", value: toTaskMetadata(row) },
  });
  return metadata.spec;
}

function toTaskMetadata({ taskId, taskSpec }: ActionRow) {
  return {
    id: taskId,
    taskType: taskSpec?.taskTemplate?.type ?? "",
    shortName: taskSpec?.shortName || (taskId?.name ?? ""),
  };
}

/** The metadata that details and run lists carry; a watch of actions leaves the action type out. */
export function toMetadata(row: ActionRow, actionType: ActionType = row.actionType): ActionMetadata {
  return create(ActionMetadataSchema, {
    parent: row.parent,
    group: row.group,
    spec: toSpec(row),
    actionType,
    environmentName: row.taskSpec?.environment?.name ?? "",
    funtionName: functionName(row),
    source: row.source,
    ...toTrigger(row),
  });
}

function toTrigger({ launchedBy, id }: ActionRow) {
  if (!launchedBy) return {};
  const { project = "", domain = "" } = id.run ?? {};
  const { name, taskName, revision } = launchedBy;
  return { triggerName: name, triggerId: { name: { project, domain, name, taskName }, revision } };
}

/** A run as lists show it. */
export function toRun(row: ActionRow): Run {
  return create(RunSchema, {
    action: { id: row.id, metadata: toMetadata(row), status: toStatus(row, "shown") },
  });
}

/** All that is known of an action, under the id that was asked for. */
export function toDetails(row: ActionRow, id: ActionIdentifier): ActionDetails {
  const attempts = listAttempts(row);
  const details = create(ActionDetailsSchema, {
    id,
    metadata: toMetadata(row),
    status: toStatus(row, "shown"),
    spec: toDetailsSpec(row),
    attempts,
  });
  details.result = toResult(row, details);
  return details;
}

function toDetailsSpec(row: ActionRow): ActionDetails["spec"] {
  if (row.taskSpec) return { case: "task", value: row.taskSpec };
  if (row.trace?.spec) return { case: "trace", value: row.trace.spec };
  if (row.condition) return { case: "condition", value: row.condition };
  return { case: undefined };
}

function toResult(row: ActionRow, { attempts }: ActionDetails): ActionDetails["result"] {
  const last = attempts.at(-1);
  const draft = create(ActionDetailsSchema);
  if (row.phase === ActionPhase.ABORTED)
    return create(ActionDetailsSchema, {
      result: { case: "abortInfo", value: { reason: row.abortReason ?? "" } },
    }).result;
  if (row.phase === ActionPhase.FAILED && last?.attempt === row.attempts && last.errorInfo)
    return { case: "errorInfo", value: last.errorInfo };
  if (row.actionType === ActionType.CONDITION && row.signal)
    return create(ActionDetailsSchema, { result: { case: "signalInfo", value: { output: row.signal } } })
      .result;
  return draft.result;
}
