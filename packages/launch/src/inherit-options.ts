import { CacheLookupScope } from "@flyte-mcp/idl/task/run";
import type { RunSpec } from "@flyte-mcp/idl/task/run";
import { LAUNCH_ANNOTATION } from "./idempotency.ts";
import type { RunSpecInit } from "./run-options.ts";

/** The variable by which a deployed task finds its modules; a second one beside the template's breaks some kinds of jobs. */
export const SYS_PATH = "_F_SYS_PATH";

/**
 * The options of an earlier run or a trigger without what belonged to that alone: its provenance, its start time, and
 * what the plane had resolved for it. `hasPath` says that the task's own template sets the module path.
 */
export function inheritOptions(runSpec: RunSpec, hasPath: boolean): RunSpecInit {
  const { labels, annotations, envs, interruptible, overwriteCache, queue, rawDataStorage } = runSpec;
  const { securityContext, notificationSettings, maxActionConcurrency, runBaseDir } = runSpec;
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
  };
}

/** The mark of how the earlier run was asked for is not the new one's. */
function withoutMark({
  [LAUNCH_ANNOTATION]: _mark,
  ...values
}: Record<string, string>): Record<string, string> {
  return values;
}
