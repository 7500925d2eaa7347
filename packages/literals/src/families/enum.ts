import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";

function valuesOf(type: LiteralType): string[] {
  return type.type.case === "enumType" ? type.type.value.values : [];
}

/** A member is a string on the wire, so the string family reads it. */
export const enumeration: Family = {
  name: "enum",
  matches: (type) => type.type.case === "enumType",
  describe: (type) => `enum(${valuesOf(type).join("|")})`,
  schema: (type) => ({ type: "string", enum: [...valuesOf(type)] }),
};
