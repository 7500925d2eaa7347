import { defineTool, isTerminal, phaseName } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { countLive, listActions, readRoot } from "@flyte-mcp/observe";
import { runInput } from "./run-input.ts";

export const abortRun = defineTool({
  name: "abort_run",
  title: "Abort run",
  description:
    "Stop a run and every action under it; work already done is not rolled back. A run that has ended is left as it is.",
  effect: "destructive",
  idempotent: true,
  input: runInput.extend({
    reason: z.string().min(1).max(1000).optional().describe("Recorded for others to read."),
  }),
  output: z.object({
    name: z.string(),
    aborted: z.boolean(),
    already_terminal: z.boolean().optional(),
    live_actions: z.number().optional().describe("How many were stopped."),
    phase: z.string(),
    url: z.string().optional(),
  }),

  async run({ name, reason = "Aborted by an MCP client", ...args }, { flyte, scope, consoleUrl }) {
    const place = scope(args);
    const url = consoleUrl({ kind: "runs", ...place, path: [name] });
    const phase = (await readRoot(flyte, place, name))?.status?.phase ?? ActionPhase.UNSPECIFIED;
    // The open-source plane would rewrite a finished run to ABORTED.
    if (isTerminal(phase))
      return { name, aborted: false, already_terminal: true, phase: phaseName(phase), url };
    const runId = { ...place, name };
    // What it hits is worth telling, but not worth failing for.
    const live = await listActions(flyte, runId)
      .then(({ actions }) => countLive(actions))
      .catch(() => undefined);
    await flyte(RunService).abortRun({ runId, reason });
    return { name, aborted: true, live_actions: live, phase: phaseName(ActionPhase.ABORTED), url };
  },
});
