import { defineTool } from "@flyte-mcp/core";
import { z } from "zod";
import { flyteExample } from "./flyte-example.ts";
import { PLAIN_EXAMPLE } from "./plain-example.ts";
import { STOCK_IMAGE } from "./script-settings.ts";
import type { ScriptOptions } from "./script-settings.ts";

/** `flyte_uv_script_example` for the image that the options name. */
export function scriptExampleTool({ image = STOCK_IMAGE }: ScriptOptions) {
  return defineTool({
    name: "flyte_uv_script_example",
    title: "Script examples",
    description: "Show two scripts that run_uv_script_remote runs: a plain one, and one that deploys tasks.",
    effect: "read",
    input: z.object({}),
    output: z.object({
      plain: z.string().describe("Takes args of words."),
      flyte: z.string().describe("Deploys tasks, then runs one; takes --version and --n."),
    }),

    run: () => Promise.resolve({ plain: PLAIN_EXAMPLE, flyte: flyteExample(image) }),
  });
}
