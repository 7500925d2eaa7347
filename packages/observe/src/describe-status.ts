import { isTerminal, isoTime, phaseName } from "@flyte-mcp/core";
import { CatalogCacheStatus } from "@flyte-mcp/idl/core/catalog";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { ActionMetadata, ActionStatus } from "@flyte-mcp/idl/workflow/run_definition";

/** Phase and times; a run that Flyte has not begun to handle is `unspecified`. */
export function describeStatus(status: ActionStatus | undefined) {
  const phase = status?.phase ?? ActionPhase.UNSPECIFIED;
  const cache = status?.cacheStatus ?? CatalogCacheStatus.CACHE_DISABLED;
  return {
    phase: phaseName(phase),
    done: isTerminal(phase),
    started_at: isoTime(status?.startTime),
    ended_at: isoTime(status?.endTime),
    duration_ms: status?.durationMs === undefined ? undefined : Number(status.durationMs),
    attempts: status?.attempts || undefined,
    cache_status:
      cache === CatalogCacheStatus.CACHE_DISABLED ? undefined : CatalogCacheStatus[cache]?.toLowerCase(),
  };
}

/** Which task it is of and who or what started it. */
export function describeOrigin(metadata: ActionMetadata | undefined) {
  const id = metadata?.spec.case === "task" ? metadata.spec.value.id : undefined;
  return {
    task: id?.name || metadata?.funtionName || undefined,
    version: id?.version || undefined,
    trigger: metadata?.triggerName || undefined,
    created_by: metadata?.executedBy?.principal.value?.id?.subject,
  };
}
