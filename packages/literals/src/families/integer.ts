import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { int64, parseInteger, readInt64 } from "../integer.ts";
import { isSimple, primitiveLiteral, primitiveOf } from "../literal.ts";
import { ok } from "../result.ts";

export const integer: Family = {
  name: "integer",
  matches: (type) => isSimple(type, SimpleType.INTEGER),
  describe: () => "int",
  schema: () => ({ type: "integer" }),
  write(_type, json, path) {
    const value = parseInteger(json, path, int64);
    return value.ok ? ok(primitiveLiteral({ case: "integer", value: value.value })) : value;
  },
  read(literal) {
    const primitive = primitiveOf(literal);
    return primitive?.case === "integer" ? ok(readInt64(primitive.value)) : undefined;
  },
};
