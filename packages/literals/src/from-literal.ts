import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { families, familyOf } from "./family-table.ts";
import type { Json } from "./json.ts";
import { fail } from "./result.ts";
import type { Result } from "./result.ts";

/** Reads a literal as it is written; the declared type only settles what the literal leaves open. */
export function fromLiteral(literal: Literal, type?: LiteralType, path = ""): Result<Json> {
  const own = type && familyOf(type).read?.(literal, type, path, fromLiteral);
  if (own) return own;
  for (const family of families) {
    const result = family.read?.(literal, type, path, fromLiteral);
    if (result) return result;
  }
  return fail(path, "the literal holds no value");
}
