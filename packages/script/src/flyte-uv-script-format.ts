import { defineTool } from "@flyte-mcp/core";
import { z } from "zod";
import { describeFormat } from "./format-text.ts";
import { STOCK_IMAGE } from "./script-settings.ts";
import type { ScriptOptions } from "./script-settings.ts";

/** `flyte_uv_script_format` for the image that the options name. */
export function scriptFormatTool({ image = STOCK_IMAGE }: ScriptOptions) {
  return defineTool({
    name: "flyte_uv_script_format",
    title: "Script format",
    description: "Tell how a script for run_uv_script_remote is written; read it before writing one.",
    effect: "read",
    input: z.object({}),
    output: z.object({ format: z.string() }),

    run: () => Promise.resolve({ format: describeFormat(image) }),
  });
}
