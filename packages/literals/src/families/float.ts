import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { floatJson, parseFloat64 } from "../float.ts";
import { isSimple, primitiveLiteral, primitiveOf } from "../literal.ts";
import { ok } from "../result.ts";

export const float: Family = {
  name: "float",
  matches: (type) => isSimple(type, SimpleType.FLOAT),
  describe: () => "float",
  schema: () => ({ type: "number", format: "float" }),
  write(_type, json, path) {
    const value = parseFloat64(json, path);
    return value.ok ? ok(primitiveLiteral({ case: "floatValue", value: value.value })) : value;
  },
  read(literal) {
    const primitive = primitiveOf(literal);
    // Python's reader takes an integer literal for a float too.
    if (primitive?.case === "integer") return ok(Number(primitive.value));
    return primitive?.case === "floatValue" ? ok(floatJson(primitive.value)) : undefined;
  },
};
