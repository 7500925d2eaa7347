import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import type { Scope } from "@flyte-mcp/core";
import { RelationType } from "@flyte-mcp/idl/common/run";
import { inheritOptions, SYS_PATH } from "@flyte-mcp/launch";
import type { RunSpecInit } from "@flyte-mcp/launch";
import type { Earlier } from "./read-earlier.ts";

interface Wishes {
  recover: boolean;
  force_rerun_actions?: readonly string[] | undefined;
}

/** The options of the earlier run, without what belonged to that run alone, and that this is its rerun. */
export function createRerunSpec(
  { name, spec, runSpec }: Earlier,
  scope: Scope,
  { recover, force_rerun_actions }: Wishes,
  isReference: boolean,
): RunSpecInit {
  const relationType = recover ? RelationType.RECOVER : RelationType.RERUN;
  const relation = { relatedTo: { ...scope, name }, relationType };
  const wish = recover ? { recover: { forceRerunActions: [...(force_rerun_actions ?? [])] } } : {};
  const hasPath = isReference || templateNames(spec).includes(SYS_PATH);
  return { ...(runSpec && inheritOptions(runSpec, hasPath)), relation, ...wish };
}

function templateNames({ taskTemplate }: Earlier["spec"]): string[] {
  const target = taskTemplate?.target;
  if (target?.case === "container") return target.value.env.map(({ key }) => key);
  return target?.case === "k8sPod" ? podNames(target.value.podSpec) : [];
}

/** The variables of all containers of a pod, of which Flyte keeps Kubernetes' own description. */
function podNames(podSpec: JsonObject | undefined): string[] {
  return listOf(podSpec?.["containers"]).flatMap((container) =>
    listOf(container["env"]).flatMap(({ name }) => (typeof name === "string" ? [name] : [])),
  );
}

function listOf(json: JsonValue | undefined): JsonObject[] {
  const items = Array.isArray(json) ? json : [];
  return items.filter(
    (item): item is JsonObject => typeof item === "object" && item !== null && !Array.isArray(item),
  );
}
