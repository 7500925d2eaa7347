import { defineTool } from "@flyte-mcp/core";
import { switchInput } from "./app-input.ts";
import { statusClass, statusName } from "./app-status.ts";
import { describeSwitch, switchApp, switchOutput } from "./switch-app.ts";
import type { Switched } from "./switch-app.ts";

export const deactivateApp = defineTool({
  name: "deactivate_app",
  title: "Deactivate app",
  description:
    "Stop an app and wait until it has stopped. Whoever uses it is cut off; nothing is deleted, activate_app starts it again.",
  effect: "destructive",
  idempotent: true,
  input: switchInput,
  output: switchOutput,

  async run(input, context) {
    const switched = await switchApp(context, input, "stopped");
    return describeSwitch(switched, noteOn(switched), context.consoleUrl);
  },
});

function noteOn({ before, app, changed, timedOut }: Switched): string {
  if (timedOut) return `It is still ${statusName(app)}; call deactivate_app again to go on waiting.`;
  if (!changed) return "Nothing was changed: it was stopped or stopping already.";
  return `${describeHit(before)} activate_app starts it again.`;
}

/** Who feels it that the app is stopped. */
function describeHit(before: Switched["before"]): string {
  if (statusClass(before) !== "active") return `Its status was ${statusName(before)}: it served nobody.`;
  const replicas = before.status?.currentReplicas ?? 0;
  const { publicUrl } = before.status?.ingress ?? {};
  const where = publicUrl ? ` at ${publicUrl}` : "";
  const by = replicas === 0 ? "" : ` by ${replicas} ${replicas === 1 ? "replica" : "replicas"}`;
  return `It was served${by}${where}; calls to it fail from now on.`;
}
