import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import type { DescribeType, Family, FromLiteral, ToLiteral } from "../family.ts";
import { isObject, showJson } from "../json.ts";
import type { Json } from "../json.ts";
import { scalarOf, unionLiteral, variantsOf } from "../literal.ts";
import { atKey, fail, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { chooseVariant } from "../union/choose-variant.ts";
import { namedVariant, variantNames } from "../union/variant-names.ts";

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

/** A value with its variant named by the caller: `{ "$type": "int", "value": 5 }`. */
function writeNamed(
  type: LiteralType,
  json: Record<string, unknown>,
  path: string,
  inner: ToLiteral,
): Result<Literal> {
  const variant = namedVariant(type, json["$type"]);
  if (!variant) {
    const names = variantNames(type).join(", ");
    return fail(atKey(path, "$type"), `expected one of ${names}; got ${showJson(json["$type"])}`);
  }
  const value = inner(variant, json["value"], atKey(path, "value"));
  return value.ok ? ok(unionLiteral(variant, value.value)) : value;
}

function write(type: LiteralType, json: unknown, path: string, inner: ToLiteral): Result<Literal> {
  const isNamed = isObject(json) && Object.hasOwn(json, "$type") && Object.hasOwn(json, "value");
  if (isNamed && Object.keys(json).length === 2) return writeNamed(type, json, path, inner);
  const choice = chooseVariant(type, json, path, inner);
  return choice.ok ? ok(unionLiteral(choice.value.variant, choice.value.literal)) : choice;
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
  write,
  read: readUnion,
};
