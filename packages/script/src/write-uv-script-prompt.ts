import { definePrompt } from "@flyte-mcp/core";
import { z } from "zod";
import type { scriptFormatTool } from "./flyte-uv-script-format.ts";
import type { runScriptTool } from "./run-uv-script-remote.ts";

/** `write_uv_script` by the format that `format` tells; it ends in a call of `run`. */
export function writeScriptPrompt(
  format: ReturnType<typeof scriptFormatTool>,
  run: ReturnType<typeof runScriptTool>,
) {
  return definePrompt({
    name: "write_uv_script",
    title: "Write a script for the cluster",
    description: "Write a Python script in the format that the cluster runs, show it, then run it.",
    uses: [format, run],
    input: z.object({ goal: z.string().min(1).describe("What the script should do.") }),

    async get({ goal }, { answer }) {
      const told = await answer(format, {});
      return [
        {
          content: `Write a Python script that does this: ${goal}

${told.format}

Show me the script and say what it costs to run: packages to install, resources, how long. When I agree, call ${run.name} with it.`,
        },
      ];
    },
  });
}
