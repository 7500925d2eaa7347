import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { isSimple, variantsOf } from "../literal.ts";
import { SimpleType } from "@flyte-mcp/idl/core/types";

function tagOf(variant: LiteralType): string {
  return variant.structure?.tag ?? "";
}

/** The title of a model or the type of a list's items, which tells variants of one tag apart. */
function detailOf(variant: LiteralType): string {
  const title = variant.metadata?.["title"];
  if (isSimple(variant, SimpleType.STRUCT)) return typeof title === "string" ? title : "dict";
  if (variant.type.case === "collectionType") return `list[${detailOf(variant.type.value)}]`;
  if (variant.type.case === "mapValueType") return `dict[str, ${detailOf(variant.type.value)}]`;
  return variant.type.case === "simple"
    ? SimpleType[variant.type.value].toLowerCase()
    : (variant.type.case ?? "");
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
