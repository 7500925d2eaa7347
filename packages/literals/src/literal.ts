import { create } from "@bufbuild/protobuf";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import type { Literal, Primitive, Scalar, ScalarSchema } from "@flyte-mcp/idl/core/literals";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";

export function scalarLiteral(value: MessageInitShape<typeof ScalarSchema>["value"]): Literal {
  return create(LiteralSchema, { value: { case: "scalar", value: { value } } });
}

export function primitiveLiteral(value: Primitive["value"]): Literal {
  return scalarLiteral({ case: "primitive", value: { value } });
}

export function scalarOf(literal: Literal): Scalar["value"] | undefined {
  return literal.value.case === "scalar" ? literal.value.value.value : undefined;
}

export function primitiveOf(literal: Literal): Primitive["value"] | undefined {
  const scalar = scalarOf(literal);
  return scalar?.case === "primitive" ? scalar.value.value : undefined;
}

export function isSimple(type: LiteralType, simple: SimpleType): boolean {
  return type.type.case === "simple" && type.type.value === simple;
}

export function variantsOf(type: LiteralType): LiteralType[] {
  return type.type.case === "unionType" ? type.type.value.variants : [];
}

/** The variant of a union that stands for null. */
export function noneVariant(type: LiteralType): LiteralType | undefined {
  return variantsOf(type).find((variant) => isSimple(variant, SimpleType.NONE));
}

/** A value wrapped as the given variant of a union; readers choose the variant by its tag. */
export function unionLiteral(variant: LiteralType, value: Literal): Literal {
  const keep = isSimple(variant, SimpleType.STRUCT) || variant.type.case === "unionType";
  // The SDK leaves constraints (metadata of other types) out of the variant it names.
  const type = keep ? variant : { ...variant, metadata: undefined };
  return scalarLiteral({ case: "union", value: { value, type } });
}
