import { definePrompt } from "@flyte-mcp/core";
import { completeDomain, completeProject, completeRun } from "@flyte-mcp/observe";
import { diagnoseRun } from "./diagnose-run.ts";
import { runInput } from "./run-input.ts";

export const diagnoseRunPrompt = definePrompt({
  name: "diagnose_run",
  title: "Diagnose a Flyte run",
  description: "Explain why a run failed or does not go on, from its diagnosis, and what to do.",
  uses: [diagnoseRun],
  input: runInput,
  complete: { name: completeRun, project: completeProject, domain: completeDomain },

  async get(input, { answer, scope }) {
    const { project, domain } = scope(input);
    const found = await answer(diagnoseRun, { ...input, project, domain });
    return [
      {
        content: `Tell me why Flyte run ${input.name} (project ${project}, domain ${domain}) is as it is, and what to do.

The diagnose_run tool of this server has just answered:

${JSON.stringify(found, null, 1)}

- Say the cause in one sentence first, then the evidence: quote the error and the lines of the log that show it.
- Tell what is known from what you suppose. If it does not settle the cause, look further with this server's other tools before you guess.
- Propose the smallest change that helps. Do not rerun or abort anything unless I ask for it.`,
      },
    ];
  },
});
