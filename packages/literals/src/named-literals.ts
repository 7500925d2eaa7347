import type { VariableEntry } from "@flyte-mcp/idl/core/interface";
import type { NamedLiteral } from "@flyte-mcp/idl/task/common";
import { fromLiteral } from "./from-literal.ts";
import type { Json } from "./json.ts";
import { fail } from "./result.ts";
import type { Problem } from "./result.ts";

/** Reads inputs or outputs value by value; one that cannot be read is a problem and hides no other. */
export function fromNamedLiterals(
  literals: readonly NamedLiteral[],
  variables: readonly VariableEntry[] = [],
): { values: Record<string, Json>; problems: Problem[] } {
  const types = new Map(variables.map(({ key, value }) => [key, value?.type]));
  const results = literals.map(({ name, value }) => ({
    name,
    json: value ? fromLiteral(value, types.get(name), name) : fail(name, "the literal holds no value"),
  }));
  return {
    // fromEntries makes `__proto__` a name like any other.
    values: Object.fromEntries(results.flatMap(({ name, json }) => (json.ok ? [[name, json.value]] : []))),
    problems: results.flatMap(({ json }) => (json.ok ? [] : json.problems)),
  };
}
