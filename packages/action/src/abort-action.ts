import { defineTool, isTerminal, phaseName } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { arrangeTree, countLive, listActions } from "@flyte-mcp/observe";
import { z } from "zod";
import { actionInput } from "./action-input.ts";

export const abortAction = defineTool({
  name: "abort_action",
  title: "Abort action",
  description:
    "Stop one action of a run and all below it; its parent sees it fail. Work done is not rolled back; one that has ended is left as it is.",
  effect: "destructive",
  idempotent: true,
  input: actionInput.extend({
    action_name: z.string().min(1).describe("Name in the run, as list_actions gives it."),
    reason: z.string().min(1).max(1000).optional().describe("Recorded for others to read."),
  }),
  output: z.object({
    run: z.string(),
    name: z.string(),
    aborted: z.boolean(),
    already_terminal: z.boolean().optional(),
    live_actions: z.number().optional().describe("How many were stopped, this one included."),
    phase: z.string(),
  }),

  async run({ run_name, action_name, reason = "Aborted by an MCP client", ...args }, { flyte, scope }) {
    const runId = { ...scope(args), name: run_name };
    const actionId = { run: runId, name: action_name };
    const answer = { run: run_name, name: action_name };
    const { details } = await flyte(RunService).getActionDetails({ actionId });
    const phase = details?.status?.phase ?? ActionPhase.UNSPECIFIED;
    // The open-source plane would rewrite a finished action to ABORTED.
    if (isTerminal(phase))
      return { ...answer, aborted: false, already_terminal: true, phase: phaseName(phase) };
    // What it hits is worth telling, but not worth failing for.
    const live = await listActions(flyte, runId)
      .then(({ actions }) => countLive(arrangeTree(actions).under(action_name)))
      .catch(() => undefined);
    await flyte(RunService).abortAction({ actionId, reason });
    return { ...answer, aborted: true, live_actions: live, phase: phaseName(ActionPhase.ABORTED) };
  },
});
