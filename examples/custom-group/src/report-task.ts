import { definePrompt } from "@flyte-mcp/core";
import { z } from "zod";
import { countRuns } from "./count-runs.ts";

/** A prompt exists only where policy leaves the tools that it uses. */
export const reportTask = definePrompt({
  name: "report_task",
  title: "Report on a task",
  description: "Say in a few sentences how reliable a task is.",
  uses: [countRuns],
  input: z.object({ workflow: z.string().min(1).describe("The task's name.") }),

  async get({ workflow }, { answer }) {
    const counted = await answer(countRuns, { workflow });
    return [{ content: `Say how reliable ${workflow} is. Its newest runs: ${JSON.stringify(counted)}` }];
  },
});
