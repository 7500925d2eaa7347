import { createToolError, defineTool } from "@flyte-mcp/core";
import type { ActionAttempt, ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import {
  attemptOutput,
  describeAction,
  describeAttempts,
  describeError,
  describeEvents,
  describeStatus,
  errorOutput,
  eventOutput,
  findAttempt,
} from "@flyte-mcp/observe";
import { z } from "zod";
import { actionInput } from "./action-input.ts";
import { conditionOutput, describeCondition } from "./describe-condition.ts";

const MOST_ATTEMPTS = 10;

export const getAction = defineTool({
  name: "get_action",
  title: "Get action",
  description:
    "Get one action of a run in full: attempts with the time in each phase, error, what the cluster said of its pod, links to logs.",
  effect: "read",
  input: actionInput.extend({
    attempt: z.int().min(1).optional().describe("Default: the last."),
  }),
  output: z.object({
    run: z.string(),
    name: z.string(),
    parent: z.string().optional(),
    group: z.string().optional(),
    type: z.string().optional(),
    task: z.string().optional(),
    version: z.string().optional(),
    label: z.string().optional(),
    phase: z.string(),
    done: z.boolean(),
    started_at: z.string().optional(),
    ended_at: z.string().optional(),
    duration_ms: z.number().optional(),
    error: errorOutput.optional(),
    abort_reason: z.string().optional(),
    aborted_by: z.string().optional(),
    cache_status: z.string().optional(),
    attempts: z.array(attemptOutput).describe("Newest first."),
    more_attempts: z.number().optional().describe("Older ones that are not shown."),
    cluster_events: z.array(eventOutput),
    log_links: z.array(z.object({ name: z.string(), uri: z.string() })),
    logs_available: z.boolean(),
    report_available: z.boolean().optional(),
    condition: conditionOutput.optional(),
    recovered_from: z.string().optional(),
    url: z.string().optional(),
  }),

  async run({ run_name, action_name, attempt, ...args }, { flyte, scope, consoleUrl }) {
    const place = scope(args);
    const actionId = { run: { ...place, name: run_name }, name: action_name };
    const { details } = await flyte(RunService).getActionDetails({ actionId });
    const attempts = details?.attempts ?? [];
    const shown = findAttempt(attempts, attempt);
    if (attempt !== undefined && !shown) throw noAttempt(run_name, action_name, attempt, attempts);
    const { attempts: _count, ...status } = describeStatus(details?.status);
    const newest = describeAttempts(attempts, details?.status?.endTime);
    return {
      run: run_name,
      name: action_name,
      ...describeAction(details?.metadata),
      ...status,
      ...describeEnd(details),
      attempts: newest.slice(0, MOST_ATTEMPTS),
      more_attempts: newest.length > MOST_ATTEMPTS ? newest.length - MOST_ATTEMPTS : undefined,
      cluster_events: shown ? describeEvents(shown) : [],
      log_links: (shown?.logInfo ?? []).map(({ name, uri }) => ({ name, uri })),
      logs_available: shown?.logsAvailable ?? false,
      report_available: hasReport(details, shown) ? true : undefined,
      condition: describeCondition(details),
      recovered_from: details?.metadata?.recoveredFrom?.run?.name || undefined,
      url: consoleUrl({ kind: "runs", ...place, path: [run_name], action: action_name }),
    };
  },
});

/** Every attempt has a place for a report; only some tasks write one. */
function hasReport(details: ActionDetails | undefined, attempt: ActionAttempt | undefined): boolean {
  const template = details?.spec.case === "task" ? details.spec.value.taskTemplate : undefined;
  return template?.metadata?.generatesDeck === true && attempt?.endTime !== undefined;
}

function describeEnd(details: ActionDetails | undefined) {
  const result = details?.result;
  if (result?.case === "errorInfo") return { error: describeError(result.value) };
  if (result?.case !== "abortInfo") return {};
  const by = result.value.abortedBy?.principal.value?.id?.subject;
  return { abort_reason: result.value.reason, aborted_by: by || undefined };
}

function noAttempt(run: string, action: string, attempt: number, known: readonly ActionAttempt[]) {
  const numbers = known.map((one) => one.attempt).sort((a, b) => a - b);
  return createToolError({
    code: "not_found",
    message: `Action ${action} of run ${run} has no attempt ${attempt}.`,
    hint: numbers.length === 0 ? "It has not begun yet." : `It has ${numbers.join(", ")}.`,
  });
}
