import type { DescMethod, DescService } from "@bufbuild/protobuf";

// Loaded when first called: a server that lists tasks needs no app's types.
const SERVICES: Record<string, () => Promise<DescService>> = {
  "app.AppLogsService": async () => (await import("@flyte-mcp/idl/app/app_logs_service")).AppLogsService,
  "app.AppService": async () => (await import("@flyte-mcp/idl/app/app_service")).AppService,
  "artifact.ArtifactService": async () =>
    (await import("@flyte-mcp/idl/artifact/artifact_service")).ArtifactService,
  "auth.AuthMetadataService": async () =>
    (await import("@flyte-mcp/idl/auth/auth_service")).AuthMetadataService,
  "auth.IdentityService": async () => (await import("@flyte-mcp/idl/auth/identity")).IdentityService,
  "cluster.ClusterService": async () => (await import("@flyte-mcp/idl/cluster/service")).ClusterService,
  "dataproxy.DataProxyService": async () =>
    (await import("@flyte-mcp/idl/dataproxy/dataproxy_service")).DataProxyService,
  "imagebuilder.ImageService": async () => (await import("@flyte-mcp/idl/imagebuilder/service")).ImageService,
  "org.DomainService": async () => (await import("@flyte-mcp/idl/org/domain_service")).DomainService,
  "project.ProjectService": async () =>
    (await import("@flyte-mcp/idl/project/project_service")).ProjectService,
  "secret.SecretService": async () => (await import("@flyte-mcp/idl/secret/secret")).SecretService,
  "settings.SettingsService": async () =>
    (await import("@flyte-mcp/idl/settings/settings_service")).SettingsService,
  "task.TaskService": async () => (await import("@flyte-mcp/idl/task/task_service")).TaskService,
  "trigger.TriggerService": async () =>
    (await import("@flyte-mcp/idl/trigger/trigger_service")).TriggerService,
  "workflow.RunLogsService": async () =>
    (await import("@flyte-mcp/idl/workflow/run_logs_service")).RunLogsService,
  "workflow.RunService": async () => (await import("@flyte-mcp/idl/workflow/run_service")).RunService,
  "workflow.TrackedRunService": async () =>
    (await import("@flyte-mcp/idl/workflow/tracked_run_service")).TrackedRunService,
  "workflow.TranslatorService": async () =>
    (await import("@flyte-mcp/idl/workflow/translator_service")).TranslatorService,
};

/**
 * The method of our own contract that a caller's descriptor claims to be, or undefined where there is none: a
 * descriptor is data, and one that an author made up could hide what a request names and what it does.
 */
export async function findContractMethod(claimed: DescMethod): Promise<DescMethod | undefined> {
  const name = claimed.parent.typeName.replace(/^flyteidl2\./, "");
  const service = Object.hasOwn(SERVICES, name) ? await SERVICES[name]?.() : undefined;
  return service?.methods.find(
    (method) => method.name === claimed.name && method.methodKind === claimed.methodKind,
  );
}
