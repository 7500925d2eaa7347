import type { ConnectRouter, Interceptor } from "@connectrpc/connect";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import { IdentityService } from "@flyte-mcp/idl/auth/identity";
import { ClusterService } from "@flyte-mcp/idl/cluster/service";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { ImageService } from "@flyte-mcp/idl/imagebuilder/service";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { SettingsService } from "@flyte-mcp/idl/settings/settings_service";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { InternalRunService } from "@flyte-mcp/idl/workflow/internal_run_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { resumeApps } from "./executor/app-start.ts";
import { createExecutor } from "./executor/executor.ts";
import { createGate, turnAway } from "./issuer/gate.ts";
import type { Issuer } from "./issuer/issuer.ts";
import { createIssuer, ISSUER_PATH } from "./issuer/issuer.ts";
import { serveIssuer } from "./issuer/serve-issuer.ts";
import type { Sandbox, SandboxOptions } from "./options.ts";
import type { Plane } from "./plane.ts";
import { closePlane, createPlane } from "./plane.ts";
import { seedPlane } from "./seed/seed.ts";
import { createAppService } from "./services/app-service.ts";
import { createAuthMetadataService } from "./services/auth-metadata-service.ts";
import { createDataProxyService } from "./services/data-proxy-service.ts";
import { createIdentityService } from "./services/identity-service.ts";
import { createImageService } from "./services/image-service.ts";
import { createInternalRunService } from "./services/internal-run-service.ts";
import { ownHost } from "./services/own-host.ts";
import { createProjectService } from "./services/project-service.ts";
import { createRunService } from "./services/run-service.ts";
import { createSecretService } from "./services/secret-service.ts";
import { createSettingsService } from "./services/settings-service.ts";
import { createTaskService } from "./services/task-service.ts";
import { createTriggerService } from "./services/trigger-service.ts";
import { createKeeper } from "./state/keeper.ts";
import { serveStore } from "./store/serve-store.ts";

/** An embedded Flyte 2 control plane over in-memory state; throws if its state file cannot be read. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const keeper = createKeeper(options.file);
  const plane = createPlane(options, keeper.load());
  plane.changed = () => keeper.changed(plane.state);
  if (!keeper.loaded) seedPlane(plane, options);
  // A file that cannot be written must stop the start, not the first run.
  keeper.flush(plane.state);
  if (plane.execute) {
    plane.executor = createExecutor(plane);
    plane.executor.resume();
    resumeApps(plane);
  }
  const log = (grant: string) => plane.calls.push({ procedure: `issuer/${grant}` });
  const issuer = options.login && createIssuer(options.login, log);
  return {
    routes: (router) => serve(plane, router, issuer),
    serveStore: (request, response) => serveStore(plane, request, response),
    serveLogin(request, response) {
      if (!issuer) return false;
      if (!request.url?.startsWith(ISSUER_PATH)) return turnAway(issuer, request, response);
      // Whoever leaves in the middle of a form is not answered.
      serveIssuer(issuer, request, response).catch(() => response.destroy());
      return true;
    },
    revokeTokens: () => issuer?.tokens.clear(),
    calls: () => plane.calls,
    close: async () => {
      await closePlane(plane);
      keeper.flush(plane.state);
    },
  };
}

function serve(plane: Plane, router: ConnectRouter, issuer: Issuer | undefined): void {
  const options = { interceptors: [createCallLog(plane), ...(issuer ? [createGate(issuer)] : [])] };
  router
    .service(ProjectService, createProjectService(plane), options)
    .service(TaskService, createTaskService(plane), options)
    .service(RunService, createRunService(plane), options)
    .service(InternalRunService, createInternalRunService(plane), options)
    .service(DataProxyService, createDataProxyService(plane), options)
    .service(TriggerService, createTriggerService(plane), options)
    .service(
      ClusterService,
      { selectCluster: (_, context) => ({ clusterEndpoint: ownHost(context) }) },
      options,
    )
    .service(IdentityService, createIdentityService(), options)
    .service(AuthMetadataService, createAuthMetadataService(issuer), options)
    .service(SettingsService, createSettingsService(), options);
  // They need a cluster; a plane without one does not serve them.
  if (!plane.execute) return;
  router
    .service(SecretService, createSecretService(plane), options)
    .service(AppService, createAppService(plane), options);
  if (plane.images) router.service(ImageService, createImageService(plane), options);
}

function createCallLog(plane: Plane): Interceptor {
  return (next) => (request) => {
    plane.calls.push({ procedure: `${request.service.typeName}/${request.method.name}` });
    return next(request);
  };
}
