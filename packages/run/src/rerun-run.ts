import { create, toJson } from "@bufbuild/protobuf";
import { createToolError, defineTool, scopeInput } from "@flyte-mcp/core";
import { RunSpecSchema } from "@flyte-mcp/idl/task/run";
import {
  createRunName,
  createRunSpec,
  findRun,
  launchRun,
  replaceFiles,
  runNameInput,
  runOptionsInput,
} from "@flyte-mcp/launch";
import type { PutFile } from "@flyte-mcp/launch";
import { z } from "zod";
import { readEarlier } from "./read-earlier.ts";
import { chooseInputs, describeInputs } from "./rerun-inputs.ts";
import { createRerunSpec } from "./rerun-spec.ts";
import { chooseTask } from "./rerun-task.ts";
import type { ChosenTask } from "./rerun-task.ts";

const input = z
  .object({
    run_name: z.string().min(1).describe("The run to repeat."),
    inputs: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("Inputs to change, names to values; all others stay as they were."),
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
    dry_run: z.boolean().default(false).describe("true: show what would be sent, launch nothing."),
  })
  .extend(runOptionsInput.shape)
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
    const task = await chooseTask(flyte, place, earlier, given.version);
    // All is checked before a file leaves, as if each were in the store already.
    const checked = chooseInputs(
      earlier,
      task.spec,
      await withFiles(task, given.inputs, async () => PENDING),
    );
    const runSpec = createRunSpec(given, createRerunSpec(earlier, place, given, task.of.case === "taskId"));
    const name = given.new_run_name ?? createRunName();
    const answer = {
      name,
      project,
      domain,
      rerun_of: given.run_name,
      task: task.name,
      version: task.version,
    };
    if (given.dry_run) {
      const run_spec = toJson(RunSpecSchema, create(RunSpecSchema, runSpec)) as Record<string, unknown>;
      return { ...answer, dry_run: true, inputs: describeInputs(checked), run_spec };
    }
    if (given.new_run_name !== undefined && (await findRun(flyte, place, name))) throw taken(name);
    const changes = await withFiles(task, given.inputs, (file) => upload(place, file));
    const inputs = chooseInputs(earlier, task.spec, changes);
    const ignoredInputs = task.spec.taskTemplate?.metadata?.cacheIgnoreInputVars ?? [];
    await launchRun(flyte, { scope: place, name, task: task.of, inputs, runSpec, ignoredInputs });
    const message = given.recover ? RECOVERS : undefined;
    return { ...answer, message, url: consoleUrl({ kind: "runs", project, domain, path: [name] }) };
  },
});

// Stands in a dry run for the place of a file that would be uploaded.
const PENDING = "flyte://to-be-uploaded";
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

function taken(name: string): Error {
  const message = `Nothing was launched: there is a run ${name} already.`;
  return createToolError({ code: "already_exists", message, hint: "Give another new_run_name." });
}
