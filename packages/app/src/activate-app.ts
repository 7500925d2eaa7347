import { defineTool } from "@flyte-mcp/core";
import { switchInput } from "./app-input.ts";
import { statusClass, statusName } from "./app-status.ts";
import { describeSwitch, switchApp, switchOutput } from "./switch-app.ts";
import type { Switched } from "./switch-app.ts";

export const activateApp = defineTool({
  name: "activate_app",
  title: "Activate app",
  description:
    "Start an app that is stopped or has failed, and wait until it answers; timed_out true tells that the start still goes on.",
  effect: "write",
  idempotent: true,
  input: switchInput,
  output: switchOutput,

  async run(input, context) {
    const switched = await switchApp(context, input, "active");
    return describeSwitch(switched, noteOn(switched), context.consoleUrl);
  },
});

function noteOn({ app, changed, timedOut }: Switched): string | undefined {
  if (timedOut && statusClass(app) === "active")
    return "Flyte calls it active, which may be from before this call; get_app tells in a few seconds.";
  if (timedOut) return `It is still ${statusName(app)}; call activate_app again to go on waiting.`;
  return changed ? undefined : "Nothing was changed: it was active or starting already.";
}
