import { create } from "@bufbuild/protobuf";
import type { Literal, Primitive } from "@flyte-mcp/idl/core/literals";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { createUserError } from "./task-error.ts";

type Value = Primitive["value"];

function primitive(value: Value): Literal {
  return create(LiteralSchema, {
    value: { case: "scalar", value: { value: { case: "primitive", value: { value } } } },
  });
}

/** Fails as Python does for a value that 64 bits do not hold. */
export function integer(value: bigint): Literal {
  if (BigInt.asIntN(64, value) !== value) {
    throw createUserError("OverflowError", "int too big to convert", "to_literal");
  }
  return primitive({ case: "integer", value });
}
export const float = (value: number): Literal => primitive({ case: "floatValue", value });
export const string = (value: string): Literal => primitive({ case: "stringValue", value });
export const boolean = (value: boolean): Literal => primitive({ case: "boolean", value });

export function list(literals: Literal[]): Literal {
  return create(LiteralSchema, { value: { case: "collection", value: { literals } } });
}

/** A dataclass as a plane shows it to clients that know no msgpack. */
export function record(fields: Record<string, string | number>): Literal {
  return create(LiteralSchema, {
    value: { case: "scalar", value: { value: { case: "generic", value: fields } } },
  });
}

/** The inputs of a task by name. */
export type Arguments = ReadonlyMap<string, Literal>;

export function toArguments(inputs: Inputs): Arguments {
  return new Map(inputs.literals.flatMap(({ name, value }) => (value ? [[name, value] as const] : [])));
}

/** An input as it is; fails as Python does if it was not given. */
export function readLiteral(args: Arguments, name: string): Literal {
  const literal = args.get(name);
  if (!literal) throw createUserError("TypeError", `missing a required argument: '${name}'`, name);
  return literal;
}

function readPrimitive(args: Arguments, name: string): Value {
  const { value } = readLiteral(args, name);
  if (value.case !== "scalar" || value.value.value.case !== "primitive") return { case: undefined };
  return value.value.value.value.value;
}

/** A primitive as text, e.g. `true` or `3`; empty for what is none. */
export function plainText({ value }: Literal): string {
  if (value.case !== "scalar" || value.value.value.case !== "primitive") return "";
  return String(value.value.value.value.value.value);
}

export function readInteger(args: Arguments, name: string): bigint {
  const value = readPrimitive(args, name);
  if (value.case === "integer") return value.value;
  throw createUserError("TypeError", `'${name}' is not an int`, name);
}

export function readNumber(args: Arguments, name: string): number {
  const value = readPrimitive(args, name);
  if (value.case === "floatValue") return value.value;
  return Number(readInteger(args, name));
}

export function readString(args: Arguments, name: string): string {
  const value = readPrimitive(args, name);
  if (value.case === "stringValue") return value.value;
  throw createUserError("TypeError", `'${name}' is not a str`, name);
}
