import { Resources_ResourceName } from "@flyte-mcp/idl/core/tasks";
import type { Container, TaskTemplate } from "@flyte-mcp/idl/core/tasks";

/** What a task runs in: image, requested resources, service account and the keys of its secrets. */
export function describeContainer(template: TaskTemplate | undefined) {
  const container = template?.target.case === "container" ? template.target.value : undefined;
  const security = template?.securityContext;
  return {
    image: container?.image || undefined,
    resources: describeResources(container),
    service_account: security?.runAs?.k8sServiceAccount || undefined,
    secrets: (security?.secrets ?? []).map(({ group, key }) => (group === "" ? key : `${group}/${key}`)),
  };
}

function describeResources(container: Container | undefined): Record<string, string> | undefined {
  const requests = container?.resources?.requests ?? [];
  if (requests.length === 0) return undefined;
  const entries = requests.map(({ name, value }) => [resourceName(name), value] as const);
  return Object.fromEntries(entries);
}

/** Newer planes may know resources that we do not. */
function resourceName(name: Resources_ResourceName): string {
  return Resources_ResourceName[name]?.toLowerCase() ?? `resource_${name}`;
}
