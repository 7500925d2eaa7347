import { createToolError, defineTool } from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { TaskService } from "@flyte-mcp/idl/task/task_service";
import {
  chooseRunName,
  createRunSpec,
  describeLaunch,
  fingerprint,
  idempotencyKeyInput,
  inheritOptions,
  isChosen,
  isLaunched,
  launchRun,
  markLaunch,
  overlayInputs,
  pendingFile,
  replaceFiles,
  runNameInput,
  runOverridesInput,
} from "@flyte-mcp/launch";
import type { ChosenName, PutFile } from "@flyte-mcp/launch";
import { z } from "zod";
import { hasAutomation } from "./describe-automation.ts";
import { readKept, withKickoff } from "./kept-inputs.ts";
import { readTrigger } from "./read-trigger.ts";
import type { Trigger, TriggerName } from "./read-trigger.ts";
import { triggerInput } from "./trigger-input.ts";

const input = triggerInput
  .extend({
    inputs: z.record(z.string(), z.unknown()).default({}).describe("Those to change, by name; others stay."),
    run_name: runNameInput,
    idempotency_key: idempotencyKeyInput,
    dry_run: z.boolean().default(false).describe("true: show what would be sent."),
  })
  .extend(runOverridesInput.shape);

type Input = z.output<typeof input>;

const NOTHING_NEW = "Nothing was launched: this run of the trigger is there already.";
const PAUSED = "The trigger is paused and stays so; this run does not depend on it.";

export const runTrigger = defineTool({
  name: "run_trigger",
  title: "Run trigger",
  description:
    "Launch a trigger now, also a paused or unscheduled one, with its inputs or some changed, and return at once with the new run's name.",
  effect: "write",
  input,
  output: z.object({
    name: z.string().describe("Of the run."),
    project: z.string(),
    domain: z.string(),
    trigger: z.string(),
    task: z.string(),
    version: z.string(),
    message: z.string().optional(),
    already_exists: z
      .boolean()
      .optional()
      .describe("true: this run of the trigger was there already, nothing was launched."),
    dry_run: z.boolean().optional(),
    inputs: z.record(z.string(), z.unknown()).nullable().optional(),
    run_spec: z.record(z.string(), z.unknown()).optional(),
    url: z.string().optional(),
  }),

  async run(given, { flyte, scope, consoleUrl, upload }) {
    const place = scope(given);
    const { project, domain } = place;
    const of = { ...place, taskName: given.task_name, name: given.trigger_name };
    const trigger = await readTrigger(flyte, of);
    const spec = await readSpec(flyte, of, trigger);
    const kept = await readKept(flyte, of, trigger, spec, given.inputs);
    const chooseInputs = async (put: PutFile) => {
      const changes = await replaceFiles(variablesOf(spec), given.inputs, put);
      return withKickoff(overlayInputs(kept, spec, changes), kept, changes);
    };
    // All is checked before a file leaves, as if each were in the store already.
    const checked = await chooseInputs(pendingFile);
    const chosen = chosenName(given);
    const mark = fingerprintOf(given);
    const name = chooseRunName(place, chosen);
    const runSpec = createRunSpec(markLaunch(given, chosen, mark), inherited(trigger));
    const version = trigger.spec.taskVersion;
    const answer = { name, project, domain, trigger: of.name, task: of.taskName, version };
    if (given.dry_run) return { ...answer, ...describeLaunch({ inputs: checked, runSpec }, given.env_vars) };
    const url = consoleUrl({ kind: "runs", project, domain, path: [name] });
    const find = () => isLaunched(flyte, place, name, chosen, mark);
    if (await find()) return { ...answer, already_exists: true, message: NOTHING_NEW, url };
    await launchRun(flyte, {
      scope: place,
      name,
      task: { case: "triggerName", value: of },
      inputs: await chooseInputs((file) => upload(place, file)),
      runSpec,
      ignoredInputs: spec.taskTemplate?.metadata?.cacheIgnoreInputVars ?? [],
      isChosen: isChosen(chosen),
    });
    // Another call with the name may have come first; then the plane has kept that one's run.
    await find();
    return { ...answer, message: isPaused(trigger) ? PAUSED : undefined, url };
  },
});

/** The code of the very version that the trigger launches. */
async function readSpec(
  flyte: ToolContext["flyte"],
  { taskName, name, ...scope }: TriggerName,
  { spec: { taskVersion } }: Trigger,
): Promise<TaskSpec> {
  const taskId = { ...scope, name: taskName, version: taskVersion };
  const { details } = await flyte(TaskService).getTaskDetails({ taskId });
  if (details?.spec) return details.spec;
  const message = `Flyte gave no details of task "${taskName}", which trigger "${name}" launches.`;
  throw createToolError({ code: "internal", message });
}

/** A full copy, since planes take the trigger's own options only where the request has none at all. */
function inherited({ spec: { runSpec } }: Trigger) {
  return runSpec && inheritOptions(runSpec, true);
}

function isPaused({ spec, automationSpec }: Trigger): boolean {
  return !spec.active && hasAutomation(automationSpec);
}

function fingerprintOf({ task_name, trigger_name, inputs }: Input): string {
  return fingerprint({ task_name, trigger_name, inputs });
}

function chosenName({ run_name, idempotency_key }: Input): ChosenName {
  return { argument: "run_name", name: run_name, key: idempotency_key };
}

function variablesOf({ taskTemplate }: TaskSpec) {
  return taskTemplate?.interface?.inputs?.variables ?? [];
}
