import { clone } from "@bufbuild/protobuf";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";

/**
 * The same type where a model that states nothing as required requires nothing: such a model has a default for every
 * property, also for those whose default its schema cannot hold (a list that a factory makes).
 */
export function withStatedRequired(type: LiteralType): LiteralType {
  const stated = clone(LiteralTypeSchema, type);
  state(stated);
  return stated;
}

function state(type: LiteralType): void {
  const { metadata } = type;
  if (metadata && "properties" in metadata && !("required" in metadata))
    type.metadata = { ...metadata, required: [] };
  const kind = type.type;
  if (kind.case === "collectionType" || kind.case === "mapValueType") state(kind.value);
  if (kind.case === "unionType") kind.value.variants.forEach(state);
}
