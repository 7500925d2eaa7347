import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import type { TaskIdentifier, TaskIdentifierSchema, TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import type { OffloadedInputData } from "@flyte-mcp/idl/common/run";
import { deliverInputs } from "./deliver-inputs.ts";
import type { RunSpecInit } from "./run-options.ts";

/** What a run is of: a deployed version, a spec that is sent along, or a trigger. */
export type RunOf =
  | {
      case: "taskId";
      value: TaskIdentifier | Exclude<MessageInitShape<typeof TaskIdentifierSchema>, TaskIdentifier>;
    }
  | { case: "taskSpec"; value: TaskSpec }
  | { case: "triggerName"; value: Scope & { name: string; taskName: string } };

export interface Launch {
  scope: Scope;
  name: string;
  task: RunOf;
  /** To upload, or what an earlier run left in the store. */
  inputs: Inputs | { stored: Pick<OffloadedInputData, "uri" | "inputsHash"> };
  runSpec: RunSpecInit | undefined;
  /** Names of inputs that the task leaves out of its cache key. */
  ignoredInputs: readonly string[];
  /** Whether a caller chose the name: then another call may have come first, and the caller looks who did. */
  isChosen: boolean;
}

/** Delivers the inputs and creates the run; nothing is left behind when the inputs cannot be delivered. */
export async function launchRun(flyte: ToolContext["flyte"], launch: Launch): Promise<void> {
  const { scope, name, task, inputs, runSpec, ignoredInputs, isChosen } = launch;
  const inputWrapper =
    "stored" in inputs
      ? ({ case: "offloadedInputData", value: inputs.stored } as const)
      : await deliverInputs(flyte, scope, { task, inputs, ignoredInputs, baseDir: runSpec?.runBaseDir });
  const id = { case: "runId", value: { ...scope, name } } as const;
  try {
    await flyte(RunService).createRun({ id, task, inputWrapper, runSpec });
  } catch (error) {
    if (!isChosen || ConnectError.from(error).code !== Code.AlreadyExists) throw error;
  }
}
