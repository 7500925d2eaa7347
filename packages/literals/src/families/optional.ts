import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { noneVariant, unionLiteral, variantsOf } from "../literal.ts";
import { ok } from "../result.ts";
import { describeUnion, readUnion } from "./union.ts";
import { unknownType } from "./unknown.ts";

function someVariant(type: LiteralType): LiteralType {
  return variantsOf(type).find((variant) => variant !== noneVariant(type)) ?? unknownType;
}

/** A union of None and one other type; null is written before any family is asked. */
export const optional: Family = {
  name: "optional",
  matches: (type) => variantsOf(type).length === 2 && noneVariant(type) !== undefined,
  describe: describeUnion,
  schema: (type, inner) => inner(someVariant(type)),
  write(type, json, path, inner) {
    const variant = someVariant(type);
    const value = inner(variant, json, path);
    return value.ok ? ok(unionLiteral(variant, value.value)) : value;
  },
  read: readUnion,
};
