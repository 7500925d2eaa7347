import { defineTool, isoTime } from "@flyte-mcp/core";
import type { TriggerAutomationSpec } from "@flyte-mcp/idl/task/common";
import type { TriggerSpec, TriggerStatus } from "@flyte-mcp/idl/trigger/trigger_definition";
import { fromNamedLiterals } from "@flyte-mcp/literals";
import { z } from "zod";
import { describeAutomation } from "./describe-automation.ts";
import { readTrigger } from "./read-trigger.ts";
import { triggerInput } from "./trigger-input.ts";

export const getTrigger = defineTool({
  name: "get_trigger",
  title: "Get trigger",
  description:
    "Describe one trigger of a task: what starts it, whether it is active, the task version and the inputs that it launches. run_trigger launches it now.",
  effect: "read",
  input: triggerInput,
  output: z.object({
    name: z.string(),
    task_name: z.string(),
    project: z.string(),
    domain: z.string(),
    active: z.boolean(),
    automation: z.string(),
    description: z.string().optional(),
    revision: z.number().describe("Counts every change."),
    task_version: z.string(),
    last_triggered_at: z.string().optional(),
    deployed_at: z.string().optional(),
    updated_at: z.string().optional(),
    inputs: z.record(z.string(), z.unknown()).optional(),
    inputs_stored_at: z.string().optional().describe("Where inputs lie that are not kept in the trigger."),
    kickoff_time_input: z.string().optional().describe("The input that gets the time of each start."),
    partitions: z.record(z.string(), z.string()).optional().describe("Of the artifact, that must match."),
    partition_input_args: z
      .record(z.string(), z.string())
      .optional()
      .describe("Inputs to the partition key of the artifact that each gets."),
    url: z.string().optional(),
  }),

  async run({ task_name, trigger_name, ...args }, { flyte, scope, consoleUrl }) {
    const place = scope(args);
    const { project, domain } = place;
    const trigger = await readTrigger(flyte, { ...place, taskName: task_name, name: trigger_name });
    return {
      name: trigger_name,
      task_name,
      project,
      domain,
      active: trigger.spec.active,
      automation: describeAutomation(trigger.automationSpec),
      description: trigger.spec.description || trigger.description || undefined,
      revision: Number(trigger.id?.revision ?? 0),
      task_version: trigger.spec.taskVersion,
      ...describeTimes(trigger.status),
      ...describeInputs(trigger.spec),
      ...describeFilled(trigger.automationSpec),
      url: consoleUrl({ kind: "triggers", project, domain, path: [task_name, trigger_name] }),
    };
  },
});

function describeTimes(status: TriggerStatus | undefined) {
  return {
    last_triggered_at: isoTime(status?.triggeredAt),
    deployed_at: isoTime(status?.deployedAt),
    updated_at: isoTime(status?.updatedAt),
  };
}

function describeInputs({ inputWrapper }: TriggerSpec) {
  if (inputWrapper.case === "offloadedInputData") return { inputs_stored_at: inputWrapper.value.uri };
  return { inputs: fromNamedLiterals(inputWrapper.value?.literals ?? []).values };
}

/** What a start of the trigger fills in by itself. */
function describeFilled(spec: TriggerAutomationSpec | undefined) {
  if (spec?.automation.case === "schedule")
    return { kickoff_time_input: spec.automation.value.kickoffTimeInputArg || undefined };
  if (spec?.automation.case !== "artifact") return {};
  const { partitions, partitionInputArgs } = spec.automation.value;
  return { partitions: nonEmpty(partitions), partition_input_args: nonEmpty(partitionInputArgs) };
}

function nonEmpty(map: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(map).length === 0 ? undefined : map;
}
