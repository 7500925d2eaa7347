import type { Literal, Primitive } from "@flyte-mcp/idl/core/literals";
import type { Given } from "./read-answer.ts";

/** The value of a primitive literal; undefined for any other. */
export function primitiveOf(literal: Literal | undefined): Primitive["value"]["value"] {
  if (literal?.value.case !== "scalar" || literal.value.value.value.case !== "primitive") return undefined;
  return literal.value.value.value.value.value.value;
}

/** A value as JSON; an integer that a JSON number would change is a text. */
export function describeAnswer(value: Primitive["value"]["value"]): Given | undefined {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return typeof value === "object" ? undefined : value;
}
