import { isTerminal, isoTime, phaseName } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { CatalogCacheStatus } from "@flyte-mcp/idl/core/catalog";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import type {
  ActionDetails,
  ActionMetadata,
  ActionStatus,
  ErrorInfo,
} from "@flyte-mcp/idl/workflow/run_definition";
import { z } from "zod";

/** Why a run failed. */
export const errorOutput = z.object({
  message: z.string(),
  kind: z.string().optional().describe("user: the task's code; system: the platform."),
  code: z.string().optional(),
});

/** The state of one run. */
export const runOutput = z.object({
  name: z.string(),
  phase: z.string(),
  done: z.boolean(),
  task: z.string().optional(),
  version: z.string().optional(),
  started_at: z.string().optional(),
  ended_at: z.string().optional(),
  duration_ms: z.number().optional(),
  attempts: z.number().optional(),
  cache_status: z.string().optional(),
  trigger: z.string().optional(),
  created_by: z.string().optional(),
  error: errorOutput.optional(),
  abort_reason: z.string().optional(),
  url: z.string().optional(),
});

export type RunAnswer = z.input<typeof runOutput>;

/** Describes a run by its root action. */
export function describeRun(
  name: string,
  scope: Pick<Scope, "project" | "domain">,
  action: ActionDetails | undefined,
  consoleUrl: ToolContext["consoleUrl"],
): RunAnswer {
  const { project, domain } = scope;
  return {
    name,
    ...describeStatus(action?.status),
    ...describeOrigin(action?.metadata),
    ...describeResult(action),
    url: consoleUrl({ kind: "runs", project, domain, path: [name] }),
  };
}

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

function describeResult(action: ActionDetails | undefined) {
  const result = action?.result;
  if (result?.case === "errorInfo") return { error: describeError(result.value) };
  if (result?.case === "abortInfo") return { abort_reason: result.value.reason };
  return {};
}

/** An error as Flyte recorded it; a code `<server's>|<task's>` is kept as it is. */
export function describeError({ message, kind, code }: ErrorInfo) {
  const known = kind === ErrorInfo_Kind.UNSPECIFIED ? undefined : ErrorInfo_Kind[kind]?.toLowerCase();
  return { message, kind: known, code: code || undefined };
}
