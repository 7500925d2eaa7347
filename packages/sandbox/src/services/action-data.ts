import type { DescMessage, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { create, fromBinary } from "@bufbuild/protobuf";
import type { GetActionDataResponseSchema } from "@flyte-mcp/idl/dataproxy/dataproxy_service";
import type { ActionIdentifier } from "@flyte-mcp/idl/common/identifier";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import { InputsSchema, OutputsSchema } from "@flyte-mcp/idl/task/common";
import { internal, notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { findAction } from "../state/actions.ts";
import { listAttempts } from "../state/attempts.ts";
import type { ActionRow } from "../state/state.ts";

/** Where an action's data lie; outputs only of one that has succeeded. */
export interface ActionUris {
  inputsUri: string;
  outputsUri: string;
}

export function readActionUris(plane: Plane, id: ActionIdentifier | undefined): ActionUris {
  const row = findAction(plane, id);
  if (!row) throw notFound("action not found: action not found");
  return { inputsUri: row.inputsUri, outputsUri: readOutputsUri(row) };
}

function readOutputsUri(row: ActionRow): string {
  if (row.phase !== ActionPhase.SUCCEEDED && row.phase !== ActionPhase.RECOVERED) return "";
  if (row.trace) return row.trace.outputs?.outputUri ?? "";
  const attempts = listAttempts(row);
  if (attempts.length === 0) throw notFound("outputs not available, no attempts for action");
  const uri = attempts.at(-1)?.outputs?.outputUri;
  if (!uri) throw notFound("outputs not available");
  return uri;
}

/** The data themselves; what was never written is left empty, and so is its URI. */
export function readActionData(
  plane: Plane,
  id: ActionIdentifier | undefined,
): MessageInitShape<typeof GetActionDataResponseSchema> {
  const { inputsUri, outputsUri } = readActionUris(plane, id);
  const { [inputsUri]: inputs, [outputsUri]: outputs } = plane.state.blobs;
  return {
    inputs: inputs ? decode(InputsSchema, inputs, `inputs from ${inputsUri}`) : create(InputsSchema),
    outputs: outputs ? decode(OutputsSchema, outputs, `outputs from ${outputsUri}`) : create(OutputsSchema),
    inputsUri: inputs ? inputsUri : "",
    outputsUri: outputs ? outputsUri : "",
  };
}

function decode<Schema extends DescMessage>(
  schema: Schema,
  bytes: Uint8Array,
  what: string,
): MessageShape<Schema> {
  try {
    return fromBinary(schema, bytes);
  } catch (error) {
    throw internal(`failed to read ${what}: ${String(error)}`);
  }
}
