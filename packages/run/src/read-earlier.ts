import { createToolError } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import type { RunSpec } from "@flyte-mcp/idl/task/run";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { hashOfUri } from "@flyte-mcp/launch";
import type { KeptInputs } from "@flyte-mcp/launch";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { readData } from "./read-data.ts";
import type { Absence } from "./read-data.ts";

/** What an action of an earlier run was: its code, the run's options, and what it was given. */
export interface Earlier {
  name: string;
  spec: TaskSpec;
  runSpec: RunSpec | undefined;
  phase: ActionPhase;
  /** As they were, or what is known of where they lie. */
  inputs: Inputs | Absence;
}

/** Reads an action to repeat; throws a tool error when it is no task, as conditions and traces are not. */
export async function readEarlier(
  flyte: ToolContext["flyte"],
  scope: Scope,
  name: string,
  action: string,
): Promise<Earlier> {
  const runs = flyte(RunService);
  const run = { ...scope, name };
  const actionId = { run, name: action };
  const [{ details: root }, { details }] = await Promise.all([
    runs.getRunDetails({ runId: run }),
    runs.getActionDetails({ actionId }),
  ]);
  if (details?.spec.case !== "task") {
    const message = `Action ${action} of run ${name} has no task that could run again.`;
    throw createToolError({ code: "failed_precondition", message });
  }
  const data = await readData(flyte, actionId);
  const inputs = "reason" in data ? data : data.inputs;
  const phase = details.status?.phase ?? ActionPhase.UNSPECIFIED;
  return { name, phase, spec: details.spec.value, runSpec: root?.runSpec, inputs: inputs ?? NOTHING };
}

const NOTHING = { uri: undefined, reason: "Flyte kept no inputs of it." };

/** The inputs of then, as a launch lays changes over them. */
export function keptInputs({ spec, inputs }: Earlier): KeptInputs {
  const owner = "the earlier run";
  if ("literals" in inputs) return { owner, spec, inputs };
  const { reason, uri } = inputs;
  return { owner, spec, inputs: { reason, stored: uri === undefined ? undefined : storedAt(uri) } };
}

/** CreateRun takes the folder and appends the file's name; with the name twice the stored inputs would be lost. */
function storedAt(uri: string) {
  const folder = uri.replace(/\/inputs\.pb$/, "");
  return { uri: folder, inputsHash: hashOfUri(folder) };
}
