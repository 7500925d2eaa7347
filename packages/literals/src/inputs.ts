import { create } from "@bufbuild/protobuf";
import type { VariableEntry } from "@flyte-mcp/idl/core/interface";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { InputsSchema, NamedLiteralSchema } from "@flyte-mcp/idl/task/common";
import type { Inputs, NamedLiteral, NamedParameter } from "@flyte-mcp/idl/task/common";
import { defaultLiterals } from "./defaults.ts";
import { describeParameters } from "./describe-interface.ts";
import { describeType } from "./describe-type.ts";
import { unknownType } from "./families/unknown.ts";
import { oversize } from "./limits.ts";
import { isSimple, noneVariant } from "./literal.ts";
import { literalSize } from "./literal-size.ts";
import { nearestName } from "./nearest-name.ts";
import { collect, fail, ok } from "./result.ts";
import type { Problem, Result } from "./result.ts";
import { toLiteral } from "./to-literal.ts";

/** Whether null is a value of the type, so that an input of it may be left out. */
export function isNullable(type: LiteralType): boolean {
  return noneVariant(type) !== undefined || isSimple(type, SimpleType.NONE);
}

function missing({ key, value }: VariableEntry, type: LiteralType): Result<Literal> {
  const description = value?.description.trim() ?? "";
  const hint = description === "" ? "" : ` (${description.split("\n")[0]})`;
  return fail(key, `missing required input of type ${describeType(type)}${hint}`);
}

function withinSize(literal: Result<Literal>, path: string): Result<Literal> {
  const excess = literal.ok ? oversize(literalSize(literal.value)) : undefined;
  return excess === undefined ? literal : fail(path, excess);
}

function inputLiteral(
  variable: VariableEntry,
  fallback: Literal | undefined,
  json: Record<string, unknown>,
): Result<Literal> {
  const type = variable.value?.type ?? unknownType;
  const given = Object.hasOwn(json, variable.key) ? json[variable.key] : undefined;
  // Null cannot be meant as a value where the type has none, so it leaves the input out.
  const absent = given === undefined || (given === null && !isNullable(type) && fallback !== undefined);
  if (!absent) return withinSize(toLiteral(type, given, variable.key), variable.key);
  if (fallback) return ok(fallback);
  return isNullable(type) ? toLiteral(type, null, variable.key) : missing(variable, type);
}

function namedInput(
  variable: VariableEntry,
  fallback: Literal | undefined,
  json: Record<string, unknown>,
): Result<NamedLiteral> {
  const literal = inputLiteral(variable, fallback, json);
  return literal.ok ? ok(create(NamedLiteralSchema, { name: variable.key, value: literal.value })) : literal;
}

function unknownInputs(names: readonly string[], known: readonly string[], accepted: string): Problem[] {
  return names.map((name, index) => {
    const near = nearestName(name, known);
    const guess = near === undefined ? "" : `, did you mean ${near}?`;
    const list = accepted === "" ? "the task takes no inputs" : `the task takes ${accepted}`;
    // The list is the same for all, so the first one says it.
    return { path: name, message: `unknown input${guess}${index === 0 ? ` (${list})` : ""}` };
  });
}

/**
 * The inputs of a task from JSON, in the order of its interface: what is left out gets its default or None.
 * All missing, unknown and invalid inputs are reported at once.
 */
export function toInputs(
  variables: readonly VariableEntry[],
  defaults: readonly NamedParameter[],
  json: Record<string, unknown>,
): Result<Inputs> {
  const fallbacks = defaultLiterals(defaults);
  const known = variables.map(({ key }) => key);
  const literals = collect(variables.map((entry) => namedInput(entry, fallbacks.get(entry.key), json)));
  const strangers = Object.keys(json).filter((name) => !known.includes(name));
  const problems = [
    ...(literals.ok ? [] : literals.problems),
    ...unknownInputs(strangers, known, describeParameters(variables, defaults)),
  ];
  if (!literals.ok || problems.length > 0) return { ok: false, problems };
  return ok(create(InputsSchema, { literals: literals.value }));
}
