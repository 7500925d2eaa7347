import { createToolError, defineTool, isTerminal, phaseName, scopeInput } from "@flyte-mcp/core";
import {
  chooseRunName,
  createRunSpec,
  describeLaunch,
  fingerprint,
  idempotencyKeyInput,
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
import { keptInputs, readEarlier } from "./read-earlier.ts";
import type { Earlier } from "./read-earlier.ts";
import { createRerunSpec } from "./rerun-spec.ts";
import { chooseTask } from "./rerun-task.ts";
import type { ChosenTask } from "./rerun-task.ts";

const input = z
  .object({
    run_name: z.string().min(1).describe("The run to repeat."),
    inputs: z.record(z.string(), z.unknown()).optional().describe("Those to change, by name; others stay."),
    action_name: z
      .string()
      .min(1)
      .optional()
      .describe("An action of that run to repeat alone, as a run of its own."),
    version: z
      .string()
      .min(1)
      .optional()
      .describe("A deployed version of the task to run instead of the code of then."),
    recover: z
      .boolean()
      .default(false)
      .describe("true: keep what succeeded, run only failed or changed actions again."),
    force_rerun_actions: z
      .array(z.string().min(1))
      .optional()
      .describe("With recover: actions to run again in any case."),
    new_run_name: runNameInput,
    idempotency_key: idempotencyKeyInput,
    dry_run: z.boolean().default(false).describe("true: show what would be sent."),
  })
  .extend(runOverridesInput.shape)
  .extend(scopeInput.shape);

export const rerunRun = defineTool({
  name: "rerun_run",
  title: "Rerun run",
  description:
    "Launch a run again with the same code and inputs, or with some inputs changed, and return at once with the new run's name. The earlier run stays as it is.",
  effect: "write",
  input,
  output: z.object({
    name: z.string().describe("Of the new run."),
    project: z.string(),
    domain: z.string(),
    rerun_of: z.string(),
    task: z.string(),
    version: z.string(),
    message: z.string().optional(),
    already_exists: z
      .boolean()
      .optional()
      .describe("true: this rerun was there already, nothing was launched."),
    dry_run: z.boolean().optional(),
    inputs: z.record(z.string(), z.unknown()).nullable().optional(),
    run_spec: z.record(z.string(), z.unknown()).optional(),
    url: z.string().optional(),
  }),

  async run(given, { flyte, scope, consoleUrl, upload }) {
    assertRecoverable(given);
    const place = scope(given);
    const { project, domain } = place;
    const earlier = await readEarlier(flyte, place, given.run_name, given.action_name ?? "a0");
    if (given.recover) assertEnded(earlier);
    const task = await chooseTask(flyte, place, earlier, given.version);
    const kept = keptInputs(earlier);
    // All is checked before a file leaves, as if each were in the store already.
    const checked = overlayInputs(kept, task.spec, await withFiles(task, given.inputs, pendingFile));
    const mark = fingerprintOf(given);
    const base = createRerunSpec(earlier, place, given, task.of.case === "taskId");
    const chosen = chosenName(given);
    const runSpec = createRunSpec(markLaunch(given, chosen, mark), base);
    const name = chooseRunName(place, chosen);
    const answer = {
      name,
      project,
      domain,
      rerun_of: given.run_name,
      task: task.name,
      version: task.version,
    };
    if (given.dry_run) return { ...answer, ...describeLaunch({ inputs: checked, runSpec }, given.env_vars) };
    const url = consoleUrl({ kind: "runs", project, domain, path: [name] });
    const find = () => isLaunched(flyte, place, name, chosen, mark);
    if (await find()) return { ...answer, already_exists: true, message: NOTHING_NEW, url };
    const changes = await withFiles(task, given.inputs, (file) => upload(place, file));
    const inputs = overlayInputs(kept, task.spec, changes);
    const ignoredInputs = task.spec.taskTemplate?.metadata?.cacheIgnoreInputVars ?? [];
    await launchRun(flyte, {
      scope: place,
      name,
      task: task.of,
      inputs,
      runSpec,
      ignoredInputs,
      isChosen: isChosen(chosen),
    });
    // Another call with the name may have come first; then the plane has kept that one's run.
    await find();
    return { ...answer, message: given.recover ? RECOVERS : undefined, url };
  },
});

const RECOVERS = "Planes that cannot recover, such as the open-source one, run everything anew.";

function withFiles({ spec }: ChosenTask, changes: Record<string, unknown> | undefined, put: PutFile) {
  return changes && replaceFiles(spec.taskTemplate?.interface?.inputs?.variables ?? [], changes, put);
}

function assertRecoverable({ recover, action_name, force_rerun_actions }: z.output<typeof input>): void {
  const refuse = (message: string) => createToolError({ code: "invalid_argument", message });
  if (recover && action_name !== undefined)
    throw refuse("recover repeats a whole run; leave action_name out.");
  if (!recover && force_rerun_actions) throw refuse("force_rerun_actions needs recover: true.");
}

/** Recovery takes over what has succeeded; of a run that goes on nobody knows yet what that is. */
function assertEnded({ name, phase }: Earlier): void {
  if (isTerminal(phase)) return;
  const message = `Nothing was launched: run ${name} has not ended (${phaseName(phase)}), so there is nothing to recover.`;
  const hint = "Wait for it with wait_for_run or stop it with abort_run, then recover.";
  throw createToolError({ code: "failed_precondition", message, hint });
}

type Given = z.output<typeof input>;

const NOTHING_NEW = "Nothing was launched: this rerun is there already.";

function chosenName({ new_run_name, idempotency_key }: Given): ChosenName {
  return { argument: "new_run_name", name: new_run_name, key: idempotency_key };
}

/** What was asked for, so that a repeated call is known again. */
function fingerprintOf({
  run_name,
  action_name,
  inputs,
  version,
  recover,
  force_rerun_actions,
}: Given): string {
  return fingerprint({ run_name, action_name, inputs, version, recover, force_rerun_actions });
}
