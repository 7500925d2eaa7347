import type { Literal } from "@flyte-mcp/idl/core/literals";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { constraintProblems } from "./constraints.ts";
import { describeType } from "./describe-type.ts";
import { modelSchema } from "./families/struct.ts";
import { familyOf } from "./family-table.ts";
import type { Family } from "./family.ts";
import { noneVariant, scalarLiteral, unionLiteral } from "./literal.ts";
import { fail, ok } from "./result.ts";
import type { Problem, Result } from "./result.ts";

/** The literal that says None for a union which allows it; undefined for any other type. */
export function noneUnion(type: LiteralType): Literal | undefined {
  const variant = noneVariant(type);
  return variant && unionLiteral(variant, scalarLiteral({ case: "noneType", value: {} }));
}

/** A number that came as text is bound by its value. */
function measured(family: Family, json: unknown): unknown {
  const isNumeric = family.name === "integer" || family.name === "float";
  return isNumeric && typeof json === "string" ? Number(json) : json;
}

/** The bounds of `Annotated[...]`, which Flyte only carries; a model has them within its schema. */
function withinBounds(family: Family, type: LiteralType, json: unknown, path: string): Problem[] {
  if (!type.metadata || (family.name === "struct" && modelSchema(type))) return [];
  return constraintProblems(type.metadata, measured(family, json), path);
}

/** Writes JSON as a literal of the given type; `path` names the value in problems. */
export function toLiteral(type: LiteralType, json: unknown, path: string): Result<Literal> {
  const absent = json === null ? noneUnion(type) : undefined;
  if (absent) return ok(absent);
  const family = familyOf(type);
  if (!family.write) return fail(path, `type ${describeType(type)} cannot be given as JSON`);
  const literal = family.write(type, json, path, toLiteral);
  if (!literal.ok) return literal;
  const problems = withinBounds(family, type, json, path);
  return problems.length === 0 ? literal : { ok: false, problems };
}
