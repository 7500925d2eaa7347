import { defineToolGroup } from "@flyte-mcp/core";
import { abortRun } from "./abort-run.ts";
import { diagnoseRun } from "./diagnose-run.ts";
import { diagnoseRunPrompt } from "./diagnose-run-prompt.ts";
import { getRun } from "./get-run.ts";
import { getRunCode } from "./get-run-code.ts";
import { getRunIo } from "./get-run-io.ts";
import { listRuns } from "./list-runs.ts";
import { rerunRun } from "./rerun-run.ts";
import { runResource } from "./run-resource.ts";
import { waitForRun } from "./wait-for-run.ts";

/** Tools for runs: what happened, what went in and came out, waiting and stopping; a run as a resource. */
export const run = defineToolGroup({
  name: "run",
  description: "Runs: list them, follow them, read inputs, outputs and code, abort them.",
  tools: [listRuns, getRun, getRunIo, getRunCode, waitForRun, diagnoseRun, rerunRun, abortRun],
  resources: [runResource],
  prompts: [diagnoseRunPrompt],
});
