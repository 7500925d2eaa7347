import { createToolError, defineTool, scopeInput } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import type { TaskDetails } from "@flyte-mcp/idl/task/task_definition";
import {
  chooseRunName,
  createRunSpec,
  describeLaunch,
  findEarlier,
  fingerprint,
  idempotencyKeyInput,
  isChosen,
  launchRun,
  markLaunch,
  pendingFile,
  replaceFiles,
  runNameInput,
  runOptionsInput,
} from "@flyte-mcp/launch";
import type { ChosenName } from "@flyte-mcp/launch";
import { describeInterface, toInputs } from "@flyte-mcp/literals";
import { z } from "zod";
import { readTask } from "./read-task.ts";

const input = z
  .object({
    name: z.string().min(1).describe("The task's full name, usually environment.function."),
    inputs: z
      .record(z.string(), z.unknown())
      .default({})
      .describe(
        "Input names to values, as input_schema of get_task says; inputs with defaults may be left out. A File may also come as {content, filename} or {base64, filename}.",
      ),
    version: z.string().min(1).optional().describe("The newest when left out."),
    run_name: runNameInput,
    idempotency_key: idempotencyKeyInput,
    dry_run: z.boolean().default(false).describe("true: check inputs, show what would be sent."),
  })
  .extend(runOptionsInput.shape)
  .extend(scopeInput.shape);

type Input = z.output<typeof input>;

const MOST_PROBLEMS = 20;
const NOTHING_NEW = "Nothing was launched: this run with the same task and inputs is there already.";

export const runTask = defineTool({
  name: "run_task",
  title: "Run task",
  description:
    "Launch a deployed task and return at once with the new run's name. Inputs are checked first. Follow with wait_for_run, then get_run_io.",
  effect: "write",
  input,
  output: z.object({
    name: z.string().describe("Of the run."),
    project: z.string(),
    domain: z.string(),
    task: z.string(),
    version: z.string(),
    already_exists: z
      .boolean()
      .optional()
      .describe("true: a run of that name or key was there, nothing was launched."),
    message: z.string().optional(),
    dry_run: z.boolean().optional(),
    inputs: z
      .record(z.string(), z.unknown())
      .nullable()
      .optional()
      .describe("Of a dry run: with defaults filled in."),
    run_spec: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("Of a dry run: the options as Flyte gets them."),
    url: z.string().optional(),
  }),

  async run(given, { flyte, scope, consoleUrl, upload }) {
    const place = scope(given);
    const { project, domain } = place;
    const details = await readTask(flyte, place, given.name, given.version);
    // All is checked before a file leaves, as if each were in the store already.
    const checked = readInputs(details, await replaceFiles(variablesOf(details), given.inputs, pendingFile));
    const version = details.taskId?.version ?? "";
    const name = chooseRunName(place, chosenName(given));
    const answer = { name, project, domain, task: given.name, version };
    const runSpec = createRunSpec(markLaunch(given, chosenName(given), fingerprintOf(given)));
    if (given.dry_run) return { ...answer, ...describeLaunch({ inputs: checked, runSpec }, given.env_vars) };
    const url = consoleUrl({ kind: "runs", project, domain, path: [name] });
    const find = () => findNamed(flyte, place, name, given, checked);
    const existing = await find();
    if (existing) return { ...answer, ...existing, already_exists: true, message: NOTHING_NEW, url };
    const uploaded = await replaceFiles(variablesOf(details), given.inputs, (file) => upload(place, file));
    const inputs = readInputs(details, uploaded);
    const task = { case: "taskId", value: { ...place, name: given.name, version } } as const;
    const ignoredInputs = details.spec?.taskTemplate?.metadata?.cacheIgnoreInputVars ?? [];
    await launchRun(flyte, {
      scope: place,
      name,
      task,
      inputs,
      runSpec,
      ignoredInputs,
      isChosen: isChosen(chosenName(given)),
    });
    // Another call with the name may have come first; then the plane has kept that one's run.
    await find();
    return { ...answer, url };
  },
});

/** The run of a chosen name or key, if there is one: planes answer a second CreateRun of one name in different ways. */
async function findNamed(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
  given: Input,
  inputs: Inputs,
) {
  if (!isChosen(chosenName(given))) return undefined;
  const { name: task, version } = given;
  return findEarlier(flyte, scope, name, { task, version, inputs, fingerprint: fingerprintOf(given) });
}

function fingerprintOf({ name, version, inputs }: Input): string {
  return fingerprint({ name, version, inputs });
}

function chosenName({ run_name, idempotency_key }: Input): ChosenName {
  return { argument: "run_name", name: run_name, key: idempotency_key };
}

function variablesOf({ spec }: TaskDetails) {
  return spec?.taskTemplate?.interface?.inputs?.variables ?? [];
}

function readInputs(details: TaskDetails, json: Record<string, unknown>): Inputs {
  const typed = details.spec?.taskTemplate?.interface;
  const defaults = details.spec?.defaultInputs ?? [];
  const inputs = toInputs(variablesOf(details), defaults, json);
  if (inputs.ok) return inputs.value;
  const shown = inputs.problems.slice(0, MOST_PROBLEMS).map(({ path, message }) => `${path}: ${message}`);
  const rest = inputs.problems.length - shown.length;
  const problems = rest > 0 ? [...shown, `and ${rest} more`] : shown;
  throw createToolError({
    code: "invalid_argument",
    message: `No run was created, the inputs are not valid: ${problems.join("; ")}.`,
    hint: `The task is ${details.taskId?.name}${describeInterface(typed, defaults)}.`,
  });
}
