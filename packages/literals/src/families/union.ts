import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { DescribeType, Family, FromLiteral } from "../family.ts";
import type { Json } from "../json.ts";
import { scalarOf, variantsOf } from "../literal.ts";
import { fail } from "../result.ts";
import type { Result } from "../result.ts";

export function describeUnion(type: LiteralType, inner: DescribeType): string {
  return variantsOf(type).map(inner).join(" | ");
}

/** The declared variant that a value's own type names by its tag, as it alone has all of the metadata. */
function taggedVariant(
  type: LiteralType | undefined,
  named: LiteralType | undefined,
): LiteralType | undefined {
  const tag = named?.structure?.tag;
  const [match, ...more] = type ? variantsOf(type).filter((variant) => variant.structure?.tag === tag) : [];
  return tag !== undefined && more.length === 0 ? match : undefined;
}

/** Unwraps a union's value; one that was written without its wrapping is left to the other families. */
export function readUnion(
  literal: Literal,
  type: LiteralType | undefined,
  path: string,
  inner: FromLiteral,
): Result<Json> | undefined {
  const scalar = scalarOf(literal);
  if (scalar?.case !== "union") return undefined;
  const { value, type: named } = scalar.value;
  if (!value) return fail(path, "the literal's union holds no value");
  return inner(value, taggedVariant(type, named) ?? named, path);
}

export const union: Family = {
  name: "union",
  matches: (type) => type.type.case === "unionType",
  describe: describeUnion,
  schema: (type, inner) => ({
    format: "union",
    oneOf: variantsOf(type).map((variant) => {
      const tag = variant.structure?.tag ?? "";
      return { ...inner(variant), title: tag, structure: tag };
    }),
  }),
  read: readUnion,
};
