import type { Action } from "@flyte-mcp/idl/workflow/run_definition";
import { describeAction, describeStatus, nameOf } from "@flyte-mcp/observe";
import { z } from "zod";

/** One action in a list. */
export const actionRow = z.object({
  name: z.string(),
  parent: z.string().optional(),
  group: z.string().optional(),
  type: z.string().optional(),
  task: z.string().optional(),
  label: z.string().optional(),
  phase: z.string(),
  attempts: z.number().optional(),
  started_at: z.string().optional(),
  duration_ms: z.number().optional(),
  children: z.record(z.string(), z.number()).optional().describe("Of the next level, by phase."),
  error: z.string().optional(),
  url: z.string().optional(),
});

/** Describes an action by its row; one attempt and no children go without saying. */
export function describeRow(action: Action, children: Record<string, number>): z.input<typeof actionRow> {
  const { version: _version, ...what } = describeAction(action.metadata);
  const { phase, attempts = 1, started_at, duration_ms } = describeStatus(action.status);
  return {
    name: nameOf(action),
    ...what,
    phase,
    attempts: attempts > 1 ? attempts : undefined,
    started_at,
    duration_ms,
    children: Object.keys(children).length > 0 ? children : undefined,
  };
}
