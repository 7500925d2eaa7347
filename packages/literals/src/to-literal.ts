import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { describeType } from "./describe-type.ts";
import { familyOf } from "./family-table.ts";
import { noneVariant, scalarLiteral, unionLiteral } from "./literal.ts";
import { fail, ok } from "./result.ts";
import type { Result } from "./result.ts";

/** The literal that says None for a union which allows it; undefined for any other type. */
export function noneUnion(type: LiteralType): Literal | undefined {
  const variant = noneVariant(type);
  return variant && unionLiteral(variant, scalarLiteral({ case: "noneType", value: {} }));
}

/** Writes JSON as a literal of the given type; `path` names the value in problems. */
export function toLiteral(type: LiteralType, json: unknown, path: string): Result<Literal> {
  const absent = json === null ? noneUnion(type) : undefined;
  if (absent) return ok(absent);
  const family = familyOf(type);
  if (family.write) return family.write(type, json, path, toLiteral);
  return fail(path, `type ${describeType(type)} (${family.name}) cannot be given as JSON by this version`);
}
