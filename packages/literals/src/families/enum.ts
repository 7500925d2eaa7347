import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { primitiveLiteral } from "../literal.ts";
import { notAMember } from "../model/pack-enum.ts";
import { fail, ok } from "../result.ts";

function valuesOf(type: LiteralType): string[] {
  return type.type.case === "enumType" ? type.type.value.values : [];
}

/** Members go by their names, those of `Literal[...]` by their values; the string family reads both. */
export const enumeration: Family = {
  name: "enum",
  matches: (type) => type.type.case === "enumType",
  describe: (type) => `enum(${valuesOf(type).join("|")})`,
  schema: (type) => ({ type: "string", enum: [...valuesOf(type)] }),
  write(type, json, path) {
    const values = valuesOf(type);
    const member = values.find((value) => value === json);
    if (member === undefined) return fail(path, notAMember(json, values));
    return ok(primitiveLiteral({ case: "stringValue", value: member }));
  },
};
