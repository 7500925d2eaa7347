import type { Spec } from "@flyte-mcp/idl/app/app_definition";
import { Resources_ResourceName as ResourceName } from "@flyte-mcp/idl/core/tasks";
import type { Container, K8sPod } from "@flyte-mcp/idl/core/tasks";

/** What an app runs in, from either of its two forms. */
export interface AppContainer {
  image: string;
  command: readonly string[];
  args: readonly string[];
  env: readonly (readonly [string, string])[];
  ports: readonly number[];
  resources: Record<string, string>;
}

/** The container of an app, or the first one of its pod; undefined where it has none. */
export function readContainer({ appPayload }: Spec): AppContainer | undefined {
  if (appPayload.case === "container") return fromContainer(appPayload.value);
  return appPayload.case === "pod" ? fromPod(appPayload.value) : undefined;
}

function fromContainer({ image, command, args, env, ports, resources }: Container): AppContainer {
  const requests = resources?.requests ?? [];
  return {
    image,
    command,
    args,
    env: env.map(({ key, value }) => [key, value] as const),
    ports: ports.map(({ containerPort }) => containerPort),
    resources: Object.fromEntries(requests.map(({ name, value }) => [resourceName(name), value] as const)),
  };
}

/** Newer planes may know resources that we do not. */
function resourceName(name: ResourceName): string {
  return ResourceName[name]?.toLowerCase() ?? `resource_${name}`;
}

type PodContainer = Partial<{
  name: string;
  image: string;
  command: string[];
  args: string[];
  env: { name: string; value?: string }[];
  ports: { containerPort: number }[];
  resources: { requests?: Record<string, string> };
}>;

function fromPod({ podSpec, primaryContainerName }: K8sPod): AppContainer | undefined {
  const { containers = [] } = (podSpec ?? {}) as { containers?: PodContainer[] };
  const pod = containers.find(({ name }) => name === primaryContainerName) ?? containers[0];
  if (pod === undefined) return undefined;
  const { image = "", command = [], args = [], env = [], ports = [], resources } = pod;
  return {
    image,
    command,
    args,
    env: env.map(({ name, value = "" }) => [name, value] as const),
    ports: ports.map(({ containerPort }) => containerPort),
    resources: resources?.requests ?? {},
  };
}
