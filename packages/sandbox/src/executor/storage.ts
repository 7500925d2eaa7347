import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { InputsSchema, OutputsSchema } from "@flyte-mcp/idl/task/common";
import type { Plane } from "../plane.ts";
import { STORAGE_PREFIX } from "../plane.ts";
import type { ActionRow } from "../state/state.ts";
import { createSystemError } from "./task-error.ts";

/** Where an attempt is to put its outputs and its report, below a shard as Flyte spreads them. */
export function outputUris(row: ActionRow, attempt: number): { outputUri: string; reportUri: string } {
  const { project, domain, name } = row.id.run ?? {};
  const path = [project, domain, name, row.id.name].join("/");
  const base = `${STORAGE_PREFIX}/${shardOf(path)}/${path}/${attempt}`;
  return { outputUri: `${base}/outputs.pb`, reportUri: `${base}/report.html` };
}

/** Two characters from a path, always the same ones. */
function shardOf(path: string): string {
  const sum = [...path].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1296, 7);
  return sum.toString(36).padStart(2, "0");
}

/** The inputs of an action; an executor finds them below a name that a client has doubled, too. */
export function readInputs(plane: Plane, { inputsUri }: ActionRow): Inputs {
  const uri = inputsUri.replace(/(\/inputs\.pb){2}$/, "/inputs.pb");
  const bytes = plane.state.blobs[uri];
  try {
    return bytes ? fromBinary(InputsSchema, bytes) : create(InputsSchema);
  } catch (error) {
    throw createSystemError(`failed to read inputs from ${uri}: ${String(error)}`);
  }
}

/** Stores the inputs of a child and says where. */
export function writeChildInputs(
  plane: Plane,
  parent: ActionRow,
  name: string,
  args: Record<string, Literal>,
): string {
  const { project, domain, name: run } = parent.id.run ?? {};
  const uri = `${STORAGE_PREFIX}/${[project, domain, run, name].join("/")}/inputs.pb`;
  const literals = Object.entries(args).map(([key, value]) => ({ name: key, value }));
  plane.state.blobs[uri] = toBinary(InputsSchema, create(InputsSchema, { literals }));
  return uri;
}

/** Stores what an attempt returned; nothing is an empty set of outputs. */
export function writeOutput(
  plane: Plane,
  row: ActionRow,
  attempt: number,
  output: Literal | undefined,
): void {
  const literals = output ? [{ name: "o0", value: output }] : [];
  plane.state.blobs[outputUris(row, attempt).outputUri] = toBinary(
    OutputsSchema,
    create(OutputsSchema, { literals }),
  );
}

/** What a succeeded action returned. */
export function readOutput(plane: Plane, row: ActionRow): Literal | undefined {
  const bytes = plane.state.blobs[outputUris(row, row.attempts).outputUri];
  return bytes && fromBinary(OutputsSchema, bytes).literals[0]?.value;
}
