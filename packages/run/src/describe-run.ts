import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { describeError, describeOrigin, describeStatus, errorOutput } from "@flyte-mcp/observe";
import { z } from "zod";
import { firstFailureOutput } from "./read-first-failure.ts";

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
  first_failure: firstFailureOutput.optional().describe("The child that failed first."),
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

function describeResult(action: ActionDetails | undefined) {
  const result = action?.result;
  if (result?.case === "errorInfo") return { error: describeError(result.value) };
  if (result?.case === "abortInfo") return { abort_reason: result.value.reason };
  return {};
}
