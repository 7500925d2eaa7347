import { defineTool, listRows, phaseName } from "@flyte-mcp/core";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";

const MOST_RUNS = 500;

export const countRuns = defineTool({
  name: "count_runs",
  title: "Count runs",
  description: "Count a task's runs by phase, the newest 500 at most. Call it to see how reliable a task is.",
  effect: "read",
  input: z.object({
    // A policy finds the task by the type of the message that names it, whatever it is called here.
    workflow: z.string().min(1).describe("The task's name."),
    project: z.string().optional().describe("Project; the server's default when left out."),
    domain: z.string().optional().describe("Domain; the server's default when left out."),
  }),
  output: z.object({ total: z.number(), phases: z.record(z.string(), z.number()) }),

  async run({ workflow: name, ...place }, { flyte, scope }) {
    const scopeBy = { case: "taskName", value: { ...scope(place), name } } as const;
    const { rows } = await listRows(MOST_RUNS, "", async (page) => {
      const { runs, token } = await flyte(RunService).listRuns({ request: page, scopeBy });
      return { rows: runs, token };
    });
    const phases: Record<string, number> = {};
    for (const { action } of rows) {
      const phase = phaseName(action?.status?.phase ?? 0);
      phases[phase] = (phases[phase] ?? 0) + 1;
    }
    return { total: rows.length, phases };
  },
});
