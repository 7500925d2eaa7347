import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import type { Effect } from "../contract.ts";

// Reads that Flyte's protos do not mark NO_SIDE_EFFECTS.
const READS: Record<string, readonly string[]> = {
  "auth.IdentityService": ["UserInfo"],
  "cluster.ClusterService": ["SelectCluster"],
  "dataproxy.DataProxyService": ["TailLogs", "CreateDownloadLink"],
  "project.ProjectService": ["ListProjects"],
  "secret.SecretService": ["GetSecret", "ListSecrets"],
  "workflow.RunService": [
    "WatchRunDetails",
    "WatchActionDetails",
    "WatchRuns",
    "WatchActions",
    "WatchClusterEvents",
    "WatchGroups",
  ],
  "workflow.TrackedRunService": ["WatchRunDetails", "WatchActionDetails", "WatchRuns", "WatchActions"],
};

const WRITES: Record<string, readonly string[]> = {
  "app.AppService": ["Create", "Update"],
  "artifact.ArtifactService": ["CreateArtifact", "DeclareArtifact"],
  "dataproxy.DataProxyService": ["CreateUploadLocation", "UploadInputs"],
  "org.DomainService": ["CreateDomain", "UpdateDomain"],
  "project.ProjectService": ["CreateProject", "UpdateProject"],
  "secret.SecretService": ["CreateSecret", "UpdateSecret"],
  "settings.SettingsService": ["CreateSettings", "UpdateSettings"],
  "task.TaskService": ["DeployTask"],
  "trigger.TriggerService": ["DeployTrigger", "UpdateTriggers"],
  "workflow.RunService": ["CreateRun", "SignalEvent"],
  "workflow.TrackedRunService": ["CreateRun", "ReportActions"],
};

const DESTRUCTIVE: Record<string, readonly string[]> = {
  "app.AppService": ["Delete"],
  "artifact.ArtifactService": ["DeleteArtifact"],
  "org.DomainService": ["DeleteDomain"],
  "secret.SecretService": ["DeleteSecret"],
  "trigger.TriggerService": ["DeleteTriggers"],
  "workflow.RunService": ["AbortRun", "AbortAction"],
  "workflow.TrackedRunService": ["AbortRun"],
};

// Services between the parts of a plane; a tool has no business with them, whatever their marks say.
const INTERNAL: readonly string[] = [
  "actions.ActionsService",
  "cacheservice.CacheService",
  "cacheservice.v2.CacheService",
  "connector.AsyncConnectorService",
  "connector.ConnectorMetadataService",
  "workflow.EventsProxyService",
  "workflow.InternalRunService",
  "workflow.QueueService",
  "workflow.StateService",
];

/** What an RPC does to Flyte, or undefined for one that is internal to a plane or that nobody classified. */
export function rpcEffect(method: DescMethod): Effect | undefined {
  const service = method.parent.typeName.replace(/^flyteidl2\./, "");
  if (INTERNAL.includes(service)) return undefined;
  if (DESTRUCTIVE[service]?.includes(method.name)) return "destructive";
  if (WRITES[service]?.includes(method.name)) return "write";
  const read = method.idempotency === Idempotency.NO_SIDE_EFFECTS || READS[service]?.includes(method.name);
  return read ? "read" : undefined;
}

const RANK: Record<Effect, number> = { read: 0, write: 1, destructive: 2 };

/** Whether a tool of effect `declared` may call an RPC of effect `needed`. */
export function covers(declared: Effect, needed: Effect): boolean {
  return RANK[declared] >= RANK[needed];
}
