import { createToolError, defineTool, scopeInput } from "@flyte-mcp/core";
import type { TaskDetails } from "@flyte-mcp/idl/task/task_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { createRunName, deliverInputs, findRun, runNameInput } from "@flyte-mcp/launch";
import { describeInterface, toInputs } from "@flyte-mcp/literals";
import { z } from "zod";
import { readTask } from "./read-task.ts";

export const runTask = defineTool({
  name: "run_task",
  title: "Run task",
  description:
    "Launch a deployed task and return at once with the new run's name. Inputs are checked against the task before anything is launched. Follow with wait_for_run, then get_run_io.",
  effect: "write",
  input: z
    .object({
      name: z.string().min(1).describe("The task's full name, usually environment.function."),
      inputs: z
        .record(z.string(), z.unknown())
        .default({})
        .describe(
          "Input names to values, as input_schema of get_task says; inputs with defaults may be left out.",
        ),
      version: z.string().min(1).optional().describe("The newest when left out."),
      run_name: runNameInput,
    })
    .extend(scopeInput.shape),
  output: z.object({
    name: z.string().describe("Of the run."),
    project: z.string(),
    domain: z.string(),
    task: z.string(),
    version: z.string(),
    already_exists: z
      .boolean()
      .optional()
      .describe("true: a run of that run_name was there, nothing was launched."),
    url: z.string().optional(),
  }),

  async run(input, { flyte, scope, consoleUrl }) {
    const place = scope(input);
    const details = await readTask(flyte, place, input.name, input.version);
    const inputs = readInputs(details, input.inputs);
    const { project, domain } = place;
    const version = details.taskId?.version ?? "";
    const name = input.run_name ?? createRunName();
    const answer = { name, project, domain, task: input.name, version };
    const url = consoleUrl({ kind: "runs", project, domain, path: [name] });
    // Some planes answer a second CreateRun of one name with the first run, others refuse it: look before.
    const existing = input.run_name === undefined ? undefined : await findRun(flyte, place, name);
    if (existing)
      return { ...answer, task: existing.task, version: existing.version, already_exists: true, url };
    const taskId = { ...place, name: input.name, version };
    const inputWrapper = await deliverInputs(flyte, place, taskId, inputs);
    await flyte(RunService).createRun({
      id: { case: "runId", value: { ...place, name } },
      task: { case: "taskId", value: taskId },
      inputWrapper,
    });
    return { ...answer, url };
  },
});

function readInputs(details: TaskDetails, json: Record<string, unknown>) {
  const typed = details.spec?.taskTemplate?.interface;
  const defaults = details.spec?.defaultInputs ?? [];
  const inputs = toInputs(typed?.inputs?.variables ?? [], defaults, json);
  if (inputs.ok) return inputs.value;
  const problems = inputs.problems.slice(0, 20).map(({ path, message }) => `${path}: ${message}`);
  throw createToolError({
    code: "invalid_argument",
    message: `No run was created, the inputs are not valid: ${problems.join("; ")}.`,
    hint: `The task is ${details.taskId?.name}${describeInterface(typed, defaults)}.`,
  });
}
