import { createClient } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { IdentityService } from "@flyte-mcp/idl/auth/identity";
import type { UserInfoResponse } from "@flyte-mcp/idl/auth/identity";
import { SelectClusterRequest_Operation as Operation } from "@flyte-mcp/idl/cluster/payload";
import { ClusterService } from "@flyte-mcp/idl/cluster/service";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import { ImageService } from "@flyte-mcp/idl/imagebuilder/service";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { Scope } from "../contract.ts";

export interface Probe {
  name: string;
  /** Whether tools are of no use without it. */
  isVital?: boolean;
  call(signal: AbortSignal): Promise<unknown>;
}

/** One cheap read of each service that tools may need. */
export function createProbes(transport: Transport, scope: Scope): Probe[] {
  const { org, project, domain } = scope;
  const place = { organization: org, name: project, domain };
  const scopeBy = { case: "projectId", value: place } as const;
  const filterBy = { case: "project", value: place } as const;
  const request = { limit: 1 };
  const listSecrets = { organization: org, project, domain, limit: 1 };
  return [
    {
      name: "task",
      isVital: true,
      call: (signal) => createClient(TaskService, transport).listTasks({ request, scopeBy }, { signal }),
    },
    {
      name: "run",
      isVital: true,
      call: (signal) => createClient(RunService, transport).listRuns({ request, scopeBy }, { signal }),
    },
    {
      name: "app",
      call: (signal) => createClient(AppService, transport).list({ request, filterBy }, { signal }),
    },
    {
      name: "trigger",
      call: (signal) =>
        createClient(TriggerService, transport).listTriggers({ request, scopeBy }, { signal }),
    },
    {
      name: "secret",
      call: (signal) => createClient(SecretService, transport).listSecrets(listSecrets, { signal }),
    },
    ...createOddProbes(transport, scope),
  ];
}

/** Services that list nothing: an answer that there is no such thing will do. */
function createOddProbes(transport: Transport, { org, project, domain }: Scope): Probe[] {
  const projectId = { organization: org, name: project, domain };
  const actionId = { run: { org, project, domain, name: "doctor" }, name: "a0" };
  const image = { id: { name: "doctor" }, organization: org, projectId };
  const resource = { case: "projectId", value: projectId } as const;
  const choice = { resource, operation: Operation.CREATE_UPLOAD_LOCATION };
  return [
    {
      name: "data proxy",
      call: (signal) => createClient(DataProxyService, transport).getActionData({ actionId }, { signal }),
    },
    { name: "image", call: (signal) => createClient(ImageService, transport).getImage(image, { signal }) },
    {
      name: "cluster",
      call: (signal) => createClient(ClusterService, transport).selectCluster(choice, { signal }),
    },
  ];
}

export function readCaller(transport: Transport, signal: AbortSignal): Promise<UserInfoResponse> {
  return createClient(IdentityService, transport).userInfo({}, { signal });
}
