import { create } from "@bufbuild/protobuf";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { AppSchema, Spec_DesiredState as DesiredState } from "@flyte-mcp/idl/app/app_definition";
import type { App, Ingress, SpecSchema } from "@flyte-mcp/idl/app/app_definition";
import { RuntimeMetadata_RuntimeType as RuntimeType } from "@flyte-mcp/idl/common/runtime_version";
import { Secret_MountType as MountType } from "@flyte-mcp/idl/core/security";
import { Resources_ResourceName as ResourceName } from "@flyte-mcp/idl/core/tasks";
import { endpointPath } from "../find-place.ts";
import { version } from "../version.ts";
import { listenOn } from "./read-server.ts";
import type { Plan } from "./plan.ts";

// A call may wait for a run, and planes cut a request after five minutes otherwise.
const REQUEST_TIMEOUT_S = 900n;
const CALLERS_A_REPLICA = 50;

/** Where an app is reached, as far as the plane has told. */
export type Addresses = Pick<Ingress, "publicUrl" | "cnameUrl" | "vpcUrl">;

/** The app of a plan, which serves under the addresses that are known by now. */
export function buildApp(plan: Plan, addresses: Addresses | undefined): App {
  const { id, values } = plan;
  return create(AppSchema, {
    metadata: { id },
    spec: {
      appPayload: { case: "container", value: describeContainer(plan, addresses) },
      autoscaling: describeScaling(plan),
      ingress: { private: false, subdomain: plan.subdomain },
      desiredState: DesiredState.ACTIVE,
      clusterPool: values.cluster === undefined ? (values.clusterPool ?? "default") : "",
      cluster: values.cluster,
      securityContext: describeSecurity(plan),
      profile: { type: "FlyteMCPApp", shortDescription: "Flyte MCP server (Node)" },
      runtimeMetadata: { type: RuntimeType.OTHER, version, flavor: "node" },
      links: [
        { path: endpointPath(plan.server.values.mountPath), title: "MCP Endpoint", isRelative: true },
        { path: "/health", title: "Health", isRelative: true },
      ],
      timeouts: { requestTimeout: { seconds: REQUEST_TIMEOUT_S } },
    },
  });
}

/** The command stays empty: that of the image starts the server. */
function describeContainer(
  { image, port, env, cpu, memory, server }: Plan,
  addresses: Addresses | undefined,
) {
  return {
    image,
    args: [...listenOn(port), ...answerTo(server.values, addresses), ...server.options],
    ports: [{ containerPort: port }],
    env: [...env].map(([key, value]) => ({ key, value })),
    resources: {
      requests: [
        { name: ResourceName.CPU, value: cpu },
        { name: ResourceName.MEMORY, value: memory },
      ],
    },
  };
}

/** The hosts to answer to. Until the plane has told where the app is, nobody is to reach it by any other name. */
function answerTo(
  { allowedHosts = [], publicUrl: given }: Plan["server"]["values"],
  { publicUrl = "", cnameUrl = "", vpcUrl = "" }: Partial<Addresses> = {},
): string[] {
  const urls = [given ?? "", publicUrl, cnameUrl, vpcUrl].filter((url) => URL.canParse(url));
  const hosts = new Set([...allowedHosts, ...urls.map((url) => new URL(url).hostname)]);
  return [
    ...["--allowed-hosts", hosts.size === 0 ? "localhost" : [...hosts].join(",")],
    ...(given === undefined && URL.canParse(publicUrl) ? ["--public-url", new URL(publicUrl).origin] : []),
  ];
}

function describeScaling({ values }: Plan): MessageInitShape<typeof SpecSchema>["autoscaling"] {
  const { minReplicas: min, maxReplicas: max } = values;
  const targetValue = CALLERS_A_REPLICA;
  const metric = { case: "concurrency", value: { targetValue } } as const;
  return { replicas: { min, max }, ...(max > 1 && { scalingMetric: { metric } }) };
}

function describeSecurity({ secrets, values }: Plan): MessageInitShape<typeof SpecSchema>["securityContext"] {
  const { serviceAccount: k8sServiceAccount } = values;
  return {
    allowAnonymous: values.public === true,
    secrets: secrets.map(({ key, envVar }) => ({ key, envVar, mountRequirement: MountType.ENV_VAR })),
    ...(k8sServiceAccount !== undefined && { runAs: { k8sServiceAccount } }),
  };
}
