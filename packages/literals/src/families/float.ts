import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { showJson } from "../json.ts";
import { isSimple, primitiveLiteral, primitiveOf } from "../literal.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";

/** The number a text stands for, in the forms that Python's float() takes; undefined for other text. */
function readNumber(text: string): number | undefined {
  const [, sign, special] = /^([+-]?)(nan|inf|infinity)$/i.exec(text) ?? [];
  if (special !== undefined) {
    const magnitude = special.toLowerCase() === "nan" ? NaN : Infinity;
    return sign === "-" ? -magnitude : magnitude;
  }
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

function write(_type: LiteralType, json: unknown, path: string): Result<Literal> {
  const value = typeof json === "string" ? readNumber(json) : json;
  if (typeof value !== "number") return fail(path, `expected a number, got ${showJson(json)}`);
  if (typeof json === "string" && Math.abs(value) === Infinity && /\d/.test(json)) {
    return fail(path, `${showJson(json)} is out of range for a 64-bit float`);
  }
  return ok(primitiveLiteral({ case: "floatValue", value }));
}

export const float: Family = {
  name: "float",
  matches: (type) => isSimple(type, SimpleType.FLOAT),
  describe: () => "float",
  schema: () => ({ type: "number", format: "float" }),
  write,
  read(literal) {
    const primitive = primitiveOf(literal);
    // Python's reader takes an integer literal for a float too.
    if (primitive?.case === "integer") return ok(Number(primitive.value));
    if (primitive?.case !== "floatValue") return undefined;
    return ok(Number.isFinite(primitive.value) ? primitive.value : String(primitive.value));
  },
};
