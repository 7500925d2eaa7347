import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { CatalogCacheStatus } from "@flyte-mcp/idl/core/catalog";
import type { LogContextSchema } from "@flyte-mcp/idl/core/execution";
import type { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import { ActionEventSchema, ActionStatusSchema } from "@flyte-mcp/idl/workflow/run_definition";
import type { Plane } from "../plane.ts";
import { recordEvents, updateStatus } from "../state/actions.ts";
import { listAttempts } from "../state/attempts.ts";
import { isTerminal } from "../state/phases.ts";
import type { ActionRow } from "../state/state.ts";
import { outputUris } from "./storage.ts";

const CLUSTER = "sandbox";

/** One step of an attempt, as the executor reports it. */
export interface PhaseReport {
  attempt: number;
  phase: ActionPhase;
  at: Timestamp;
  /** What the cluster says of it. */
  clusterEvent?: string;
  error?: { message: string; kind: ErrorInfo_Kind };
}

/** Stores the event of a step; the action's own row is not touched. */
export function reportEvent(plane: Plane, row: ActionRow, report: PhaseReport): void {
  const { attempt, phase, at, clusterEvent, error } = report;
  const logContext = toLogContext(row, report);
  const event = create(ActionEventSchema, {
    ...{ id: row.id, attempt, phase, updatedTime: at, reportedTime: at, cluster: CLUSTER },
    outputs: outputUris(row, attempt),
    clusterEvents: clusterEvent ? [{ occurredAt: at, message: clusterEvent }] : [],
    ...(error ? { errorInfo: error } : {}),
    ...(logContext ? { logContext } : {}),
  });
  recordEvents(plane, [event]);
}

/** Moves the action's own row to the phase of a step. */
export function reportStatus(plane: Plane, row: ActionRow, { attempt, phase, at }: PhaseReport): void {
  const endTime = isTerminal(phase) ? at : undefined;
  const status = { phase, attempts: attempt, cacheStatus: CatalogCacheStatus.CACHE_DISABLED, endTime };
  updateStatus(plane, row.id, create(ActionStatusSchema, status));
}

/** A pod has no container before it runs, and its log is lost when it is aborted. */
function toLogContext(
  row: ActionRow,
  { attempt, phase, at }: PhaseReport,
): MessageInitShape<typeof LogContextSchema> | undefined {
  if (phase === ActionPhase.QUEUED || phase === ActionPhase.ABORTED) return undefined;
  const podName = `${row.id.run?.name}-${row.id.name}-${attempt - 1}`;
  const startedAt = phase === ActionPhase.RUNNING ? at : startOf(row, attempt);
  const process = { containerStartTime: startedAt, containerEndTime: isTerminal(phase) ? at : undefined };
  const containers = startedAt ? [{ containerName: podName, process }] : [];
  return {
    primaryPodName: podName,
    pods: [{ namespace: "flyte", podName, primaryContainerName: podName, containers }],
  };
}

function startOf(row: ActionRow, number: number): Timestamp | undefined {
  const attempt = listAttempts(row).find(({ attempt }) => attempt === number);
  return attempt?.phaseTransitions.find(({ phase }) => phase === ActionPhase.RUNNING)?.startTime;
}
