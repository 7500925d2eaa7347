import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { isBroken, showJson } from "../json.ts";
import { isSimple, primitiveLiteral, primitiveOf } from "../literal.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";

function write(_type: LiteralType, json: unknown, path: string): Result<Literal> {
  if (typeof json !== "string") return fail(path, `expected a string, got ${showJson(json)}`);
  if (isBroken(json)) return fail(path, "the string holds half of a surrogate pair");
  return ok(primitiveLiteral({ case: "stringValue", value: json }));
}

export const string: Family = {
  name: "string",
  matches: (type) => isSimple(type, SimpleType.STRING),
  describe: () => "str",
  schema: () => ({ type: "string" }),
  write,
  read(literal) {
    const primitive = primitiveOf(literal);
    return primitive?.case === "stringValue" ? ok(primitive.value) : undefined;
  },
};
