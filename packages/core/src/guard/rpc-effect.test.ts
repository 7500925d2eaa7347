import { readFileSync } from "node:fs";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import type { DescMethod } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { Effect } from "../contract.ts";
import { covers, rpcEffect } from "./rpc-effect.ts";

// What every RPC of the IDL does to Flyte. A new one makes this fail until somebody has decided.
const READ: Record<string, string> = {
  "app.AppLogsService": "TailLogs",
  "app.AppService": "Get List Watch",
  "artifact.ArtifactService":
    "GetArtifact ListArtifacts ListArtifactNames ListArtifactMetadataKeys GetArtifactSchema ListPartitionValues",
  "auth.AuthMetadataService": "GetOAuth2Metadata GetPublicClientConfig",
  "auth.IdentityService": "UserInfo",
  "cluster.ClusterService": "SelectCluster",
  "dataproxy.DataProxyService": "CreateDownloadLink GetActionData TailLogs",
  "imagebuilder.ImageService": "GetImage",
  "org.DomainService": "ListDomains GetDomain",
  "project.ProjectService": "GetProject ListProjects",
  "secret.SecretService": "GetSecret ListSecrets",
  "settings.SettingsService": "GetSettings GetSettingsForEdit",
  "task.TaskService": "GetTaskDetails ListTasks ListVersions",
  "trigger.TriggerService":
    "GetTriggerDetails GetTriggerRevisionDetails ListTriggers GetTriggerRevisionHistory",
  "workflow.RunLogsService": "TailLogs",
  "workflow.RunService":
    "GetRunDetails WatchRunDetails GetActionDetails WatchActionDetails GetActionData ListRuns WatchRuns ListActions " +
    "WatchActions WatchClusterEvents WatchGroups GetActionDataURIs GetActionLogContext",
  "workflow.TrackedRunService":
    "GetRunDetails WatchRunDetails GetActionDetails WatchActionDetails ListRuns WatchRuns ListActions WatchActions",
  "workflow.TranslatorService":
    "LiteralsToLaunchFormJson LaunchFormJsonToLiterals TaskSpecToLaunchFormJson JsonValuesToLiterals",
};

const WRITE: Record<string, string> = {
  "app.AppService": "Create Update",
  "artifact.ArtifactService": "CreateArtifact DeclareArtifact",
  "dataproxy.DataProxyService": "CreateUploadLocation UploadInputs",
  "org.DomainService": "CreateDomain UpdateDomain",
  "project.ProjectService": "CreateProject UpdateProject",
  "secret.SecretService": "CreateSecret UpdateSecret",
  "settings.SettingsService": "CreateSettings UpdateSettings",
  "task.TaskService": "DeployTask",
  "trigger.TriggerService": "DeployTrigger UpdateTriggers",
  "workflow.RunService": "CreateRun SignalEvent",
  "workflow.TrackedRunService": "CreateRun ReportActions",
};

const DESTRUCTIVE: Record<string, string> = {
  "app.AppService": "Delete",
  "artifact.ArtifactService": "DeleteArtifact",
  "org.DomainService": "DeleteDomain",
  "secret.SecretService": "DeleteSecret",
  "trigger.TriggerService": "DeleteTriggers",
  "workflow.RunService": "AbortRun AbortAction",
  "workflow.TrackedRunService": "AbortRun",
};

const CLOSED: Record<string, string> = {
  "actions.ActionsService": "Enqueue WatchForUpdates Update Abort Signal",
  "app.AppService": "UpdateStatus Lease",
  "cacheservice.CacheService": "Get Put Delete GetOrExtendReservation ReleaseReservation",
  "cacheservice.v2.CacheService": "Get Put Delete GetOrExtendReservation ReleaseReservation",
  "connector.AsyncConnectorService": "CreateTask GetTask DeleteTask GetTaskMetrics GetTaskLogs",
  "connector.ConnectorMetadataService": "GetConnector ListConnectors",
  "workflow.EventsProxyService": "Record",
  "workflow.InternalRunService":
    "RecordAction RecordActionStream UpdateActionStatus UpdateActionStatusStream RecordActionEvents RecordActionEventStream",
  "workflow.QueueService": "EnqueueAction AbortQueuedRun AbortQueuedAction",
  "workflow.StateService": "Put Get Watch",
};

function spread(table: Record<string, string>, effect: Effect | undefined) {
  return Object.entries(table).flatMap(([service, methods]) =>
    methods.split(" ").map((method) => [`${service}/${method}`, effect] as const),
  );
}

function methodsOfIdl(): DescMethod[] {
  const bytes = readFileSync(new URL("../../../idl/flyteidl2.binpb", import.meta.url));
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));
  return [...registry].flatMap((type) => (type.kind === "service" ? type.methods : []));
}

describe("the effect of an RPC", () => {
  it("is decided for every method of the IDL", () => {
    const decided = methodsOfIdl().map((method) => [
      `${method.parent.typeName.replace(/^flyteidl2\./, "")}/${method.name}`,
      rpcEffect(method),
    ]);
    const expected = [
      ...spread(READ, "read"),
      ...spread(WRITE, "write"),
      ...spread(DESTRUCTIVE, "destructive"),
      ...spread(CLOSED, undefined),
    ];
    expect(expected).toHaveLength(125);
    expect(Object.fromEntries(decided)).toEqual(Object.fromEntries(expected));
  });

  it("is covered by the same or a stronger declaration", () => {
    const effects: Effect[] = ["read", "write", "destructive"];
    const table = effects.map((declared) => effects.filter((needed) => covers(declared, needed)));
    expect(table).toEqual([["read"], ["read", "write"], ["read", "write", "destructive"]]);
  });
});
