import { create, equals } from "@bufbuild/protobuf";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { EventPayload, SignalEventRequest } from "@flyte-mcp/idl/workflow/run_service";
import { failedPrecondition, invalidArgument, notFound, unimplemented } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { announce, findAction } from "../state/actions.ts";
import { isTerminal } from "../state/phases.ts";
import type { ActionRow } from "../state/state.ts";

const KINDS = {
  boolValue: { type: SimpleType.BOOLEAN, field: "boolean" },
  intValue: { type: SimpleType.INTEGER, field: "integer" },
  floatValue: { type: SimpleType.FLOAT, field: "floatValue" },
  stringValue: { type: SimpleType.STRING, field: "stringValue" },
} as const;

/** Answers a condition that waits; the executor then goes on. */
export function signalEvent(plane: Plane, { actionId, payload }: SignalEventRequest): Record<string, never> {
  // The plane passes on what the actions service answers, and this one is not there.
  if (!plane.execute) throw unimplemented("404 Not Found");
  const name = `${actionId?.run?.name}-${actionId?.name}`;
  const row = findAction(plane, actionId);
  const { type, literal } = readPayload(payload);
  if (!row) throw notFound(`condition action ${name} not found`);
  if (!row.condition) throw failedPrecondition(`action ${name} is not a condition`);
  if (row.signal) return assertSameSignal(row.signal, literal, name);
  if (isTerminal(row.phase)) throw failedPrecondition(`condition ${name} already completed`);
  assertType(row, type);
  row.signal = literal;
  announce(plane, row);
  return {};
}

function assertSameSignal(known: Literal, given: Literal, name: string): Record<string, never> {
  if (!equals(LiteralSchema, known, given))
    throw failedPrecondition(`condition ${name} already signalled with a different value`);
  return {};
}

function assertType({ condition }: ActionRow, given: SimpleType): void {
  const { type } = condition?.type ?? {};
  const declared = type?.case === "simple" ? type.value : SimpleType.NONE;
  if (declared !== given)
    throw invalidArgument(
      `signal value type ${SimpleType[given]} does not match declared condition type ${SimpleType[declared]}`,
    );
}

function readPayload(payload: EventPayload | undefined): { type: SimpleType; literal: Literal } {
  const value = payload?.value;
  if (!value?.case) throw invalidArgument("signal value must be a concrete bool/int/float/str literal");
  const { type, field } = KINDS[value.case];
  const primitive = { value: { case: field, value: value.value } } as never;
  const literal = create(LiteralSchema, {
    value: { case: "scalar", value: { value: { case: "primitive", value: primitive } } },
  });
  return { type, literal };
}
