import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type {
  Condition,
  Identifier as AppIdentifier,
  Spec as AppSpec,
} from "@flyte-mcp/idl/app/app_definition";
import type { ActionIdentifier, RunIdentifier, TriggerName } from "@flyte-mcp/idl/common/identifier";
import type { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { CatalogCacheStatus } from "@flyte-mcp/idl/core/catalog";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { Project } from "@flyte-mcp/idl/project/project_service";
import type { TriggerAutomationSpec } from "@flyte-mcp/idl/task/common";
import type { RunSpec } from "@flyte-mcp/idl/task/run";
import type { TaskIdentifier, TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import type { TriggerRevision, TriggerSpec } from "@flyte-mcp/idl/trigger/trigger_definition";
import type {
  ActionEvent,
  ActionType,
  ConditionAction,
  RunSource,
  TraceAction,
} from "@flyte-mcp/idl/workflow/run_definition";

export interface ProjectRow {
  project: Project;
  createdAt: Timestamp;
  updatedAt: Timestamp;
}

export interface TaskRow {
  id: TaskIdentifier;
  spec: TaskSpec;
  createdAt: Timestamp;
  updatedAt: Timestamp;
}

export interface TriggerRow {
  name: TriggerName;
  revision: bigint;
  spec: TriggerSpec;
  automation: TriggerAutomationSpec;
  deployedAt: Timestamp;
  updatedAt: Timestamp;
  triggeredAt?: Timestamp | undefined;
  deletedAt?: Timestamp | undefined;
  revisions: TriggerRevisionRow[];
}

export interface TriggerRevisionRow {
  revision: TriggerRevision;
  spec: TriggerSpec;
  automation: TriggerAutomationSpec;
}

/** A trigger as a run remembers it. */
export interface LaunchedBy {
  name: string;
  taskName: string;
  revision: bigint;
}

/** An event and when the plane stored it. */
export interface EventRow {
  event: ActionEvent;
  storedAt: Timestamp;
}

/** One action of a run; a run is its root action `a0`. */
export interface ActionRow {
  id: ActionIdentifier;
  parent: string;
  group: string;
  actionType: ActionType;
  taskId?: TaskIdentifier | undefined;
  taskSpec?: TaskSpec | undefined;
  trace?: TraceAction | undefined;
  condition?: ConditionAction | undefined;
  runSpec?: RunSpec | undefined;
  source: RunSource;
  launchedBy?: LaunchedBy | undefined;
  phase: ActionPhase;
  attempts: number;
  cacheStatus: CatalogCacheStatus;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  endedAt?: Timestamp | undefined;
  inputsUri: string;
  abortReason?: string | undefined;
  signal?: Literal | undefined;
  events: EventRow[];
  logs: LogRow[];
}

/** A line that a pod of the executor printed. */
export interface LogRow {
  attempt: number;
  at: Timestamp;
  message: string;
}

/** That a secret exists; what it holds is never kept, since no RPC gives it back and no task here reads it. */
export interface SecretRow {
  project: string;
  domain: string;
  name: string;
  createdAt: Timestamp;
}

/** An image that was built. */
export interface ImageRow {
  /** Its name and tag. */
  name: string;
  /** By which it is pulled. */
  fqin: string;
  buildRun: RunIdentifier | undefined;
}

/** An app as Kubernetes keeps it: what stopping it hides of its conditions is there when it is started again. */
export interface AppRow {
  id: AppIdentifier;
  spec: AppSpec;
  isStopped: boolean;
  conditions: Condition[];
  createdAt: Timestamp;
  /** Counts the changes that were asked for. */
  generation: number;
  /** Kept by hosted planes alone. */
  labels?: Record<string, string>;
}

/** All that a plane knows. */
export interface State {
  projects: ProjectRow[];
  tasks: TaskRow[];
  triggers: TriggerRow[];
  actions: ActionRow[];
  secrets: SecretRow[];
  apps: AppRow[];
  images: ImageRow[];
  /** What was stored under each `s3://` URI. */
  blobs: Record<string, Uint8Array>;
  /** The hash that an upload through a signed URL left in its metadata, base64 or empty, under its URI. */
  digests: Record<string, string>;
}

export function createState(): State {
  return {
    projects: [],
    tasks: [],
    triggers: [],
    actions: [],
    secrets: [],
    apps: [],
    images: [],
    blobs: {},
    digests: {},
  };
}
