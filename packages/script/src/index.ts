import { defineToolGroup } from "@flyte-mcp/core";
import type { ToolGroup } from "@flyte-mcp/core";
import { scriptExampleTool } from "./flyte-uv-script-example.ts";
import { scriptFormatTool } from "./flyte-uv-script-format.ts";
import { runScriptTool } from "./run-uv-script-remote.ts";
import type { ScriptOptions } from "./script-settings.ts";
import { writeScriptPrompt } from "./write-uv-script-prompt.ts";

export { scriptSettings } from "./script-settings.ts";
export type { ScriptOptions } from "./script-settings.ts";

/** Tools for Python scripts that run on the cluster. */
export function script(options: ScriptOptions = {}): ToolGroup {
  const [format, run] = [scriptFormatTool(options), runScriptTool(options)];
  return defineToolGroup({
    name: "script",
    description: "Python scripts: how to write them, and running them on the cluster.",
    tools: [format, scriptExampleTool(options), run],
    prompts: [writeScriptPrompt(format, run)],
  });
}
