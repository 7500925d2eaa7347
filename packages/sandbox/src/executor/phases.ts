import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { CatalogCacheStatus } from "@flyte-mcp/idl/core/catalog";
import { TaskLog_MessageFormat } from "@flyte-mcp/idl/core/execution";
import type { LogContextSchema, TaskLogSchema } from "@flyte-mcp/idl/core/execution";
import type { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import { ActionEventSchema, ActionStatusSchema } from "@flyte-mcp/idl/workflow/run_definition";
import type { Plane } from "../plane.ts";
import { recordEvents, updateStatus } from "../state/actions.ts";
import { listAttempts } from "../state/attempts.ts";
import { isTerminal } from "../state/phases.ts";
import type { ActionRow } from "../state/state.ts";
import { outputUris } from "./storage.ts";

const CLUSTER = "sandbox";
const NAMESPACE = "flyte";

/** What is reported of an attempt that waits for its container: its pod is there from the second report on. */
export const POD_CREATED = { phase: ActionPhase.QUEUED, version: 1, clusterEvent: "Demistify Pending" };

/** One step of an attempt, as the executor reports it. */
export interface PhaseReport {
  attempt: number;
  phase: ActionPhase;
  at: Timestamp;
  /** Counts the reports of one phase, 0 first. */
  version?: number;
  /** What the cluster says of it. */
  clusterEvent?: string;
  error?: { message: string; kind: ErrorInfo_Kind };
}

/** Stores the event of a step; the action's own row is not touched. */
export function reportEvent(plane: Plane, row: ActionRow, report: PhaseReport): void {
  const { attempt, phase, at, version = 0, clusterEvent, error } = report;
  const logContext = toLogContext(row, report);
  const event = create(ActionEventSchema, {
    ...{ id: row.id, attempt, phase, version, updatedTime: at, reportedTime: at, cluster: CLUSTER },
    outputs: outputUris(row, attempt),
    logInfo: phase === ActionPhase.RUNNING ? [logLink(podName(row, attempt))] : [],
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

/** There is no pod at first, no container before it runs, and its log is lost when it is aborted. */
function toLogContext(
  row: ActionRow,
  { attempt, phase, at, version }: PhaseReport,
): MessageInitShape<typeof LogContextSchema> | undefined {
  if ((phase === ActionPhase.QUEUED && !version) || phase === ActionPhase.ABORTED) return undefined;
  const name = podName(row, attempt);
  const startedAt = phase === ActionPhase.RUNNING ? at : startOf(row, attempt);
  const process = { containerStartTime: startedAt, containerEndTime: isTerminal(phase) ? at : undefined };
  const containers = startedAt ? [{ containerName: name, process }] : [];
  return {
    primaryPodName: name,
    pods: [{ namespace: NAMESPACE, podName: name, primaryContainerName: name, containers }],
  };
}

function podName(row: ActionRow, attempt: number): string {
  return `${row.id.run?.name}-${row.id.name}-${attempt - 1}`;
}

/** The link that a plane makes by default; it leads into the dashboard of a development cluster. */
function logLink(pod: string): MessageInitShape<typeof TaskLogSchema> {
  const uri = `http://localhost:30082/#!/log/${NAMESPACE}/${pod}/pod?namespace=${NAMESPACE}`;
  return { uri, name: "Kubernetes Logs", messageFormat: TaskLog_MessageFormat.JSON, ready: true };
}

function startOf(row: ActionRow, number: number): Timestamp | undefined {
  const attempt = listAttempts(row).find(({ attempt }) => attempt === number);
  return attempt?.phaseTransitions.find(({ phase }) => phase === ActionPhase.RUNNING)?.startTime;
}
