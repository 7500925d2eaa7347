import { create } from "@bufbuild/protobuf";
import type { DescMethod, MessageInitShape } from "@bufbuild/protobuf";
import type { TailLogsRequest as AppLogsRequest } from "@flyte-mcp/idl/app/app_logs_payload";
import type { SelectClusterRequest } from "@flyte-mcp/idl/cluster/payload";
import type {
  CreateDownloadLinkRequest,
  CreateUploadLocationRequest,
  GetActionDataRequest,
  TailLogsRequest,
  UploadInputsRequest,
} from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { GetImageRequest } from "@flyte-mcp/idl/imagebuilder/payload";
import type { ListSecretsRequest } from "@flyte-mcp/idl/secret/payload";

type Resource = SelectClusterRequest["resource"];
type Plain<T> = T extends { case: infer C extends string; value: infer V }
  ? { case: C; value: Omit<V, "$typeName" | "$unknown"> }
  : never;

/** What decides which cluster serves a call. */
export interface ClusterNeed {
  /** A number of SelectClusterRequest.Operation. */
  operation: number;
  resource: Resource;
}

type ReadNeed = (request: never) => ClusterNeed | undefined;

interface ScopeNames {
  org: string;
  project: string;
  domain: string;
}

/** By service and method, or by service for all of its methods; what is not here stays with the control plane. */
const NEEDS: Record<string, ReadNeed> = {
  "dataproxy.DataProxyService/CreateUploadLocation": (request: CreateUploadLocationRequest) =>
    need(1, narrowest(request)),
  "dataproxy.DataProxyService/UploadInputs": ({ id }: UploadInputsRequest) =>
    need(2, id.case === "runId" ? narrowest(id.value) : id.case === "projectId" ? id : undefined),
  "dataproxy.DataProxyService/GetActionData": ({ actionId: value }: GetActionDataRequest) =>
    need(3, value && { case: "actionId", value }),
  "dataproxy.DataProxyService/CreateDownloadLink": ({ source }: CreateDownloadLinkRequest) =>
    need(5, source.case && source),
  "dataproxy.DataProxyService/TailLogs": ({ actionId: value }: TailLogsRequest) =>
    need(6, value && { case: "actionId", value }),
  "app.AppLogsService/TailLogs": ({ target }: AppLogsRequest) => {
    const value = target.case === "replicaId" ? target.value.appId : target.value;
    return need(6, value && { case: "appId", value });
  },
  "secret.SecretService": (request: { id?: SecretNames } | ListSecretsRequest) => {
    const { organization, project, domain } = "organization" in request ? request : (request.id ?? NOBODY);
    return need(8, narrowest({ org: organization, project, domain }));
  },
  "imagebuilder.ImageService": ({ projectId, organization }: GetImageRequest) =>
    need(
      10,
      projectId ? { case: "projectId", value: projectId } : { case: "orgId", value: { name: organization } },
    ),
};

type SecretNames = Pick<ListSecretsRequest, "organization" | "project" | "domain">;
const NOBODY: SecretNames = { organization: "", project: "", domain: "" };

/** What a call asks of SelectCluster, or undefined for one that the control plane itself serves. */
export function clusterNeed<I extends DescMethod>(
  method: I,
  input: MessageInitShape<I["input"]>,
): ClusterNeed | undefined {
  const service = method.parent.typeName.replace(/^flyteidl2\./, "");
  const read = NEEDS[`${service}/${method.name}`] ?? NEEDS[service];
  return read?.(create(method.input, input as never) as never);
}

function need(operation: number, resource: Plain<Resource> | "" | undefined): ClusterNeed | undefined {
  return resource ? { operation, resource: resource as Resource } : undefined;
}

/** The project where there is one, else the domain, else the organization. */
function narrowest({ org, project, domain }: ScopeNames): Plain<Resource> {
  if (project) return { case: "projectId", value: { organization: org, domain, name: project } };
  if (domain) return { case: "domainId", value: { organization: org, name: domain } };
  return { case: "orgId", value: { name: org } };
}

/** One text for each project, domain or organization: what lies in one project is served in one place. */
export function scopeOf({ resource }: ClusterNeed): string {
  const { case: kind, value } = resource;
  if (kind === "actionAttemptId") return scopeText(value.actionId?.run);
  if (kind === "actionId") return scopeText(value.run);
  if (kind === "taskId" || kind === "appId") return scopeText(value);
  if (kind === "projectId")
    return scopeText({ org: value.organization, domain: value.domain, project: value.name });
  return `${kind} ${JSON.stringify(value)}`;
}

function scopeText(scope: ScopeNames | undefined): string {
  return JSON.stringify([scope?.org, scope?.domain, scope?.project]);
}
