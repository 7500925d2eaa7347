import { defineTool, isTerminal } from "@flyte-mcp/core";
import { z } from "zod";
import { describeRun, runOutput } from "./describe-run.ts";
import { findPaused } from "./find-paused.ts";

import { readFirstFailure } from "./read-first-failure.ts";
import { runInput } from "./run-input.ts";
import { followAction, rootAction } from "@flyte-mcp/observe";

/** Clients give up at 60 s; with what is read around the wait an answer is there within 50 s. */
const LONGEST_WAIT_S = 45;

export const waitForRun = defineTool({
  name: "wait_for_run",
  title: "Wait for run",
  description:
    "Wait until a run has ended, then report it; better than get_run again and again. After 45 s it answers timed_out true; call it again to go on.",
  effect: "read",
  input: runInput.extend({
    timeout_s: z
      .number()
      .min(0)
      .default(LONGEST_WAIT_S)
      .describe(`Seconds to wait, at most ${LONGEST_WAIT_S} a call.`),
  }),
  output: runOutput.extend({
    timed_out: z.boolean().optional(),
    waiting_for: z.array(z.string()).optional().describe("Actions that wait for a person's answer."),
    message: z.string().optional().describe("What to do next."),
  }),

  async run({ name, timeout_s, ...args }, { flyte, scope, consoleUrl, progress, signal }) {
    const place = scope(args);
    const waitMs = Math.min(timeout_s, LONGEST_WAIT_S) * 1000;
    const action = await followAction(flyte, rootAction(place, name), { waitMs, signal, progress });
    const answer = describeRun(name, place, action, consoleUrl);
    if (answer.phase === "failed")
      return { ...answer, first_failure: await readFirstFailure(flyte, place, name) };
    if (action?.status && isTerminal(action.status.phase)) return answer;
    const waiting_for = await findPaused(flyte, place, name);
    return { ...answer, timed_out: true, waiting_for, message: nextStep(answer.phase, waiting_for) };
  },
});

function nextStep(phase: string, waitingFor: readonly string[] | undefined): string {
  if (waitingFor)
    return `The run waits for a person to answer ${waitingFor.join(", ")}; waiting longer does not help. See list_conditions, then signal_condition.`;
  return `The run is still ${phase}. Call wait_for_run again to go on waiting, or abort_run to stop it.`;
}
