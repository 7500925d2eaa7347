import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { SimpleType } from "@flyte-mcp/idl/core/types";

/** The types that a condition can have, in Python's words. */
export const VALUE_TYPES = ["bool", "int", "float", "str"] as const;

export type ValueType = (typeof VALUE_TYPES)[number];

const BY_SIMPLE: Partial<Record<SimpleType, ValueType>> = {
  [SimpleType.BOOLEAN]: "bool",
  [SimpleType.INTEGER]: "int",
  [SimpleType.FLOAT]: "float",
  [SimpleType.STRING]: "str",
};

/** The declared type, or undefined where Flyte names none that can be answered. */
export function valueType(declared: LiteralType | undefined): ValueType | undefined {
  return declared?.type.case === "simple" ? BY_SIMPLE[declared.type.value] : undefined;
}
