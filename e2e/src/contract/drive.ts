import { create } from "@bufbuild/protobuf";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import { createClient } from "@connectrpc/connect";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { DataProxyService } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { NamedLiteral } from "@flyte-mcp/idl/task/common";
import { InternalRunService } from "@flyte-mcp/idl/workflow/internal_run_service";
import { ErrorInfo_Kind } from "@flyte-mcp/idl/workflow/run_definition";
import type { ActionEvent } from "@flyte-mcp/idl/workflow/run_definition";
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ActionEventSchema } from "@flyte-mcp/idl/workflow/run_definition";
import type { Plane } from "./plane.ts";

export type Output = { name: string; integer: bigint } | { name: string; value: Literal };

/** What an executor would have made of a run. */
export type Ending =
  | { phase: "succeeded"; outputs?: readonly Output[] }
  | { phase: "failed"; message: string }
  | { phase: "running" }
  | { phase: "waiting"; condition: string };

/** Moves a run as an executor would, on a plane that has none; on one that has, does nothing. */
export async function drive(plane: Plane, name: string, ending: Ending): Promise<void> {
  if (plane.executes) return;
  await report(plane, name, ActionPhase.INITIALIZING);
  await report(plane, name, ActionPhase.RUNNING);
  if (ending.phase === "waiting") await pauseAt(plane, name, ending.condition);
  if (ending.phase === "failed") {
    const errorInfo = { message: ending.message, kind: ErrorInfo_Kind.USER };
    await report(plane, name, ActionPhase.FAILED, { errorInfo });
  }
  if (ending.phase === "succeeded") {
    const outputUri = await uploadOutputs(plane, name, ending.outputs ?? []);
    await report(plane, name, ActionPhase.SUCCEEDED, { outputs: { outputUri } });
  }
}

type EventDetails = Pick<MessageInitShape<typeof ActionEventSchema> & object, "errorInfo" | "outputs">;

/** First the attempt's event, then the action's row: the order in which a real executor reports. */
async function report({ flyte, scope }: Plane, name: string, phase: ActionPhase, details: EventDetails = {}) {
  const internal = createClient(InternalRunService, flyte.transport);
  const id = { run: { ...scope, name }, name: "a0" };
  const time = timestampNow();
  const event = { id, attempt: 1, phase, updatedTime: time, reportedTime: time, cluster: "lab", ...details };
  await internal.recordActionEvents({ events: [event as ActionEvent] });
  const isEnd = phase === ActionPhase.SUCCEEDED || phase === ActionPhase.FAILED;
  const status = { phase, attempts: 1, ...(isEnd && { endTime: time }) };
  await internal.updateActionStatus({ actionId: id, status });
}

/** Adds a condition that nobody has answered yet. */
async function pauseAt({ flyte, scope }: Plane, name: string, condition: string) {
  const internal = createClient(InternalRunService, flyte.transport);
  const run = { ...scope, name };
  const actionId = { run, name: condition };
  const value = { name: condition, runId: run, parentActionName: "a0", prompt: "Ship it?" };
  await internal.recordAction({ actionId, parent: "a0", spec: { case: "condition", value } });
  await internal.updateActionStatus({ actionId, status: { phase: ActionPhase.PAUSED, attempts: 1 } });
}

/** A plane keeps outputs where its upload RPC keeps inputs; the answer's URI names the folder. */
async function uploadOutputs(
  { flyte, scope }: Plane,
  name: string,
  outputs: readonly Output[],
): Promise<string> {
  const literals = outputs.map((output) => ({
    name: output.name,
    value: "value" in output ? output.value : integerLiteral(output.integer),
  }));
  const { offloadedInputData } = await createClient(DataProxyService, flyte.transport).uploadInputs({
    id: { case: "projectId", value: { organization: scope.org, name: scope.project, domain: scope.domain } },
    task: { case: "taskSpec", value: {} },
    inputs: { literals: literals as NamedLiteral[] },
    baseDir: `s3://flyte-data/contract/${name}/a0/1`,
  });
  return `${offloadedInputData?.uri}/inputs.pb`;
}

function integerLiteral(integer: bigint) {
  const primitive = { value: { case: "integer", value: integer } } as const;
  const scalar = { value: { case: "primitive", value: primitive } } as const;
  return create(LiteralSchema, { value: { case: "scalar", value: scalar } });
}
