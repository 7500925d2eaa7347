import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { showJson } from "../json.ts";
import { isSimple, primitiveLiteral, primitiveOf } from "../literal.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";

function write(_type: LiteralType, json: unknown, path: string): Result<Literal> {
  const value = json === "true" ? true : json === "false" ? false : json;
  if (typeof value !== "boolean") return fail(path, `expected true or false, got ${showJson(json)}`);
  return ok(primitiveLiteral({ case: "boolean", value }));
}

export const boolean: Family = {
  name: "boolean",
  matches: (type) => isSimple(type, SimpleType.BOOLEAN),
  describe: () => "bool",
  schema: () => ({ type: "boolean" }),
  write,
  read(literal) {
    const primitive = primitiveOf(literal);
    return primitive?.case === "boolean" ? ok(primitive.value) : undefined;
  },
};
