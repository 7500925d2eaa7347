import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import type { Scope } from "@flyte-mcp/core";
import { RelationType } from "@flyte-mcp/idl/common/run";
import { CacheLookupScope } from "@flyte-mcp/idl/task/run";
import { LAUNCH_ANNOTATION } from "@flyte-mcp/launch";
import type { RunSpecInit } from "@flyte-mcp/launch";
import type { Earlier } from "./read-earlier.ts";

interface Wishes {
  recover: boolean;
  force_rerun_actions?: readonly string[] | undefined;
}

// Its template has it, and a second one breaks some kinds of jobs.
const SYS_PATH = "_F_SYS_PATH";

/**
 * The options of the earlier run without what belonged to that run alone: its provenance, its start time, and what
 * the plane had resolved for it.
 */
export function createRerunSpec(
  { name, spec, runSpec }: Earlier,
  scope: Scope,
  { recover, force_rerun_actions }: Wishes,
  isReference: boolean,
): RunSpecInit {
  const relationType = recover ? RelationType.RECOVER : RelationType.RERUN;
  const relation = { relatedTo: { ...scope, name }, relationType };
  const wish = recover ? { recover: { forceRerunActions: [...(force_rerun_actions ?? [])] } } : {};
  if (!runSpec) return { relation, ...wish };
  const { labels, annotations, envs, interruptible, overwriteCache, queue, rawDataStorage } = runSpec;
  const { securityContext, notificationSettings, maxActionConcurrency, runBaseDir } = runSpec;
  const hasPath = isReference || templateNames(spec).includes(SYS_PATH);
  const values = envs?.values.filter(({ key }) => !(hasPath && key === SYS_PATH));
  return {
    labels,
    ...(annotations && { annotations: { values: withoutMark(annotations.values) } }),
    interruptible,
    overwriteCache,
    ...(overwriteCache && { cacheConfig: { overwriteCache, cacheLookupScope: CacheLookupScope.GLOBAL } }),
    queue,
    rawDataStorage,
    securityContext,
    notificationSettings,
    maxActionConcurrency,
    runBaseDir,
    ...(values && values.length > 0 && { envs: { values } }),
    relation,
    ...wish,
  };
}

/** The mark of how the earlier run was asked for is not the rerun's. */
function withoutMark({
  [LAUNCH_ANNOTATION]: _mark,
  ...values
}: Record<string, string>): Record<string, string> {
  return values;
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
