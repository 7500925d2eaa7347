import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { showJson } from "../json.ts";
import { isSimple, primitiveLiteral, primitiveOf } from "../literal.ts";
import { fail, ok } from "../result.ts";
import type { Result } from "../result.ts";

const max = 2n ** 63n - 1n;

/** A number where it is exact, otherwise a decimal string. */
export function readInt64(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function fromNumber(json: number, path: string): Result<Literal> {
  if (!Number.isInteger(json)) return fail(path, `expected an integer, got ${json}`);
  if (!Number.isSafeInteger(json)) {
    return fail(path, `${json} is too large to be exact as a JSON number; give it as a decimal string`);
  }
  return ok(primitiveLiteral({ case: "integer", value: BigInt(json) }));
}

function fromBigint(value: bigint, path: string): Result<Literal> {
  if (value > max || value < -max - 1n) {
    return fail(path, `integer out of range: it must lie within ${-max - 1n} and ${max}`);
  }
  return ok(primitiveLiteral({ case: "integer", value }));
}

function write(_type: LiteralType, json: unknown, path: string): Result<Literal> {
  if (typeof json === "number") return fromNumber(json, path);
  if (typeof json === "bigint") return fromBigint(json, path);
  if (typeof json !== "string" || !/^[+-]?\d+$/.test(json)) {
    return fail(path, `expected an integer, got ${showJson(json)}`);
  }
  // No int64 has more than 19 digits, and a huge text would be slow to convert.
  const magnitude = BigInt(json.replace(/^[+-]?0*/, "").slice(0, 20));
  return fromBigint(json.startsWith("-") ? -magnitude : magnitude, path);
}

export const integer: Family = {
  name: "integer",
  matches: (type) => isSimple(type, SimpleType.INTEGER),
  describe: () => "int",
  schema: () => ({ type: "integer" }),
  write,
  read(literal) {
    const primitive = primitiveOf(literal);
    return primitive?.case === "integer" ? ok(readInt64(primitive.value)) : undefined;
  },
};
