import type { Literal, Primitive } from "@flyte-mcp/idl/core/literals";
import { scalarOf } from "./literal.ts";

/** What frames and types an item on the wire, at the least. */
const frame = 4;

function primitiveSize({ value }: Primitive): number {
  return value.case === "stringValue" ? Buffer.byteLength(value.value) : 8;
}

function scalarSize(literal: Literal): number {
  const scalar = scalarOf(literal);
  if (scalar?.case === "primitive") return primitiveSize(scalar.value);
  if (scalar?.case === "binary") return scalar.value.value.length;
  return scalar?.case === "union" && scalar.value.value ? literalSize(scalar.value.value) : 8;
}

/** About as many bytes as the literal has on the wire, without the cost of writing it. */
export function literalSize(literal: Literal): number {
  if (literal.value.case === "collection") {
    return literal.value.value.literals.reduce((sum, item) => sum + frame + literalSize(item), 0);
  }
  if (literal.value.case !== "map") return scalarSize(literal);
  return Object.entries(literal.value.value.literals).reduce(
    (sum, [key, item]) => sum + frame + Buffer.byteLength(key) + literalSize(item),
    0,
  );
}
