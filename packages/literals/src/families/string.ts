import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { isSimple, primitiveLiteral, primitiveOf } from "../literal.ts";
import { ok } from "../result.ts";
import { parseText } from "../text.ts";

export const string: Family = {
  name: "string",
  matches: (type) => isSimple(type, SimpleType.STRING),
  describe: () => "str",
  schema: () => ({ type: "string" }),
  write(_type, json, path) {
    const text = parseText(json, path);
    return text.ok ? ok(primitiveLiteral({ case: "stringValue", value: text.value })) : text;
  },
  read(literal) {
    const primitive = primitiveOf(literal);
    return primitive?.case === "stringValue" ? ok(primitive.value) : undefined;
  },
};
