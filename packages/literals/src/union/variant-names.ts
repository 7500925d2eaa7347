import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { variantsOf } from "../literal.ts";

function tagOf(variant: LiteralType): string {
  return variant.structure?.tag ?? "";
}

const simpleNames: Readonly<Partial<Record<SimpleType, string>>> = {
  [SimpleType.INTEGER]: "int",
  [SimpleType.FLOAT]: "float",
  [SimpleType.STRING]: "str",
  [SimpleType.BOOLEAN]: "bool",
  [SimpleType.DATETIME]: "datetime",
  [SimpleType.DURATION]: "timedelta",
  [SimpleType.BINARY]: "bytes",
};

/** The title of a model or the type of a list's items, which tells variants of one tag apart. */
function detailOf({ type, metadata }: LiteralType): string {
  if (type.case === "collectionType") return `list[${detailOf(type.value)}]`;
  if (type.case === "mapValueType") return `dict[str, ${detailOf(type.value)}]`;
  if (type.case !== "simple") return type.case ?? "";
  if (type.value !== SimpleType.STRUCT) return simpleNames[type.value] ?? SimpleType[type.value];
  return typeof metadata?.["title"] === "string" ? metadata["title"] : "dict";
}

function nameOf(variant: LiteralType, variants: readonly LiteralType[]): string {
  const isAlone = variants.filter((each) => tagOf(each) === tagOf(variant)).length === 1;
  return isAlone && tagOf(variant) !== "" ? tagOf(variant) : detailOf(variant);
}

/** What `$type` may be: the tag of a variant, or its model or item type where several have the same tag. */
export function variantNames(type: LiteralType): string[] {
  const variants = variantsOf(type);
  return variants.map((variant) => nameOf(variant, variants));
}

/** The variant that a caller names; undefined when there is none or more than one. */
export function namedVariant(type: LiteralType, name: unknown): LiteralType | undefined {
  const variants = variantsOf(type);
  const matches = variants.filter(
    (variant) => tagOf(variant) === name || nameOf(variant, variants) === name || detailOf(variant) === name,
  );
  return matches.length === 1 ? matches[0] : undefined;
}
