import { definePrompt } from "@flyte-mcp/core";
import { completeDomain, completeProject, completeTask } from "@flyte-mcp/observe";
import { getTask } from "./get-task.ts";
import { runTask } from "./run-task.ts";

export const launchTaskPrompt = definePrompt({
  name: "launch_task",
  title: "Launch a Flyte task",
  description: "Fill in a task's inputs with me by its interface, then run it.",
  uses: [getTask, runTask],
  input: getTask.input,
  complete: { name: completeTask, project: completeProject, domain: completeDomain },

  async get(input, { answer }) {
    const task = await answer(getTask, input);
    const { name, version, project, domain, signature, description, required_inputs } = task;
    return [
      {
        content: `Launch the Flyte task ${name} for me: version ${version}, project ${project}, domain ${domain}.
${description === undefined ? "" : `\n${description}\n`}
Signature: ${signature}
Required inputs: ${required_inputs.join(", ") || "none"}
JSON Schema of the inputs:

${JSON.stringify(task.input_schema, null, 1)}

- Ask me for each required input that I have not given; name its type. Leave the others at their defaults unless I say more.
- Show me the inputs, and when I agree call run_task with name, version, project, domain and inputs as above.
- Then tell me the run's name and link, follow it to its end, and show its outputs, or its error if it fails.`,
      },
    ];
  },
});
