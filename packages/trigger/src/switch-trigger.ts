import { createToolError } from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { z } from "zod";
import { describeAutomation, hasAutomation } from "./describe-automation.ts";
import { readTrigger } from "./read-trigger.ts";
import type { Trigger } from "./read-trigger.ts";
import type { TriggerInput } from "./trigger-input.ts";

/** What both switches answer besides their own flag. */
export const switchOutput = z.object({
  task_name: z.string(),
  name: z.string(),
  active: z.boolean().describe("As read after the change."),
  changed: z.boolean().describe("Whether this call changed it."),
  automation: z.string(),
  revision: z.number(),
  message: z.string().optional(),
  url: z.string().optional(),
});

const UNSCHEDULED = "It has no automation: only people start it, with run_trigger, active or not.";

/**
 * Makes a trigger active or paused and gives its state as read afterwards: Flyte accepts the change of a trigger that
 * does not exist, too. Throws a tool error when the trigger is missing or not in the wanted state then.
 */
export async function switchTrigger(
  { flyte, scope, consoleUrl }: ToolContext,
  { task_name, trigger_name, ...args }: TriggerInput,
  active: boolean,
) {
  const place = scope(args);
  const { project, domain } = place;
  const name = { ...place, taskName: task_name, name: trigger_name };
  const before = await readTrigger(flyte, name);
  const isDone = before.spec.active === active;
  if (!isDone) await flyte(TriggerService).updateTriggers({ names: [name], active });
  const after = isDone ? before : await readTrigger(flyte, name);
  if (after.spec.active !== active) throw notSwitched(trigger_name, active);
  return {
    task_name,
    name: trigger_name,
    active,
    changed: !isDone,
    automation: describeAutomation(after.automationSpec),
    revision: Number(after.id?.revision ?? 0),
    message: describeChange(after, isDone, active),
    url: consoleUrl({ kind: "triggers", project, domain, path: [task_name, trigger_name] }),
  };
}

function describeChange({ automationSpec }: Trigger, isDone: boolean, active: boolean): string | undefined {
  const done = isDone ? [`Nothing was changed: it was ${active ? "active" : "paused"} already.`] : [];
  const effect = active ? [] : ["It starts no more runs; those under way go on."];
  const parts = hasAutomation(automationSpec) ? (isDone ? done : effect) : [...done, UNSCHEDULED];
  return parts.length === 0 ? undefined : parts.join(" ");
}

function notSwitched(name: string, active: boolean): Error {
  return createToolError({
    code: "aborted",
    message: `Flyte took the request, but trigger "${name}" is ${active ? "still paused" : "still active"}.`,
    hint: "Somebody else may have switched it at the same time; look with get_trigger.",
    retryable: true,
  });
}
