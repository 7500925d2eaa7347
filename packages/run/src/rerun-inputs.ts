import { create, equals } from "@bufbuild/protobuf";
import { createToolError } from "@flyte-mcp/core";
import type { VariableEntry } from "@flyte-mcp/idl/core/interface";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { hashOfUri } from "@flyte-mcp/launch";
import type { Launch } from "@flyte-mcp/launch";
import {
  describeInterface,
  fromLiteral,
  fromNamedLiterals,
  nearestName,
  toInputs,
} from "@flyte-mcp/literals";
import type { Problem, Result } from "@flyte-mcp/literals";
import type { Earlier } from "./read-earlier.ts";

/**
 * The inputs of then with some changed, held to the interface of the code that will run: what that lacks is dropped, what
 * has another type is converted, what is new gets its default. Throws a tool error that names every problem at once.
 */
export function chooseInputs(
  earlier: Earlier,
  spec: TaskSpec,
  changes: Record<string, unknown> = {},
): Launch["inputs"] {
  const { inputs } = earlier;
  // What nobody can read can still be passed on as it lies there.
  if (!("literals" in inputs) && inputs.uri && Object.keys(changes).length === 0) return storedAt(inputs.uri);
  const kept = new Map("literals" in inputs ? inputs.literals.map(({ name, value }) => [name, value]) : []);
  const chosen = variablesOf(spec).map((entry) => ({
    name: entry.key,
    literal: chooseLiteral(entry, kept.get(entry.key), earlier.spec, spec, changes),
  }));
  const problems = [
    ...chosen.flatMap(({ literal }) => (literal.ok ? [] : literal.problems)),
    ...unknownInputs(Object.keys(changes), spec),
  ];
  if (problems.length > 0) throw refusal(problems, spec, "literals" in inputs ? undefined : inputs.reason);
  const literals = chosen.flatMap(({ name, literal }) =>
    literal.ok ? [{ name, value: literal.value }] : [],
  );
  return create(InputsSchema, { context: "literals" in inputs ? inputs.context : [], literals });
}

/** Inputs as JSON, or null where only their place is known. */
export function describeInputs(inputs: Launch["inputs"]): Record<string, unknown> | null {
  return "literals" in inputs ? fromNamedLiterals(inputs.literals).values : null;
}

function chooseLiteral(
  entry: VariableEntry,
  kept: Literal | undefined,
  then: TaskSpec,
  now: TaskSpec,
  changes: Record<string, unknown>,
): Result<Literal> {
  const isChanged = Object.hasOwn(changes, entry.key);
  if (kept && !isChanged && hasType(then, entry)) return { ok: true, value: kept };
  const old = kept && !isChanged ? fromLiteral(kept, undefined, entry.key) : undefined;
  if (old && !old.ok) return old;
  const json = isChanged ? { [entry.key]: changes[entry.key] } : old ? { [entry.key]: old.value } : {};
  const fallback = now.defaultInputs.filter(({ name }) => name === entry.key);
  const inputs = toInputs([entry], fallback, json);
  if (!inputs.ok) return inputs;
  const value = inputs.value.literals[0]?.value;
  return value
    ? { ok: true, value }
    : { ok: false, problems: [{ path: entry.key, message: "has no value" }] };
}

function hasType(spec: TaskSpec, { key, value }: VariableEntry): boolean {
  const type = variablesOf(spec).find((variable) => variable.key === key)?.value?.type;
  return type !== undefined && value?.type !== undefined && equals(LiteralTypeSchema, type, value.type);
}

function unknownInputs(names: readonly string[], spec: TaskSpec): Problem[] {
  const known = variablesOf(spec).map(({ key }) => key);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestName(name, known);
      return { path: name, message: `unknown input${near === undefined ? "" : `, did you mean ${near}?`}` };
    });
}

const MOST_PROBLEMS = 20;

function refusal(problems: readonly Problem[], spec: TaskSpec, gone: string | undefined): Error {
  const shown = problems.slice(0, MOST_PROBLEMS).map(({ path, message }) => `${path}: ${message}`);
  const more = problems.length > MOST_PROBLEMS ? `; and ${problems.length - MOST_PROBLEMS} more` : "";
  const why = gone === undefined ? "" : ` The inputs of the earlier run cannot be read: ${gone}`;
  return createToolError({
    code: "invalid_argument",
    message: `No run was created, the inputs are not valid: ${shown.join("; ")}${more}.${why}`,
    hint: `The task is ${spec.taskTemplate?.id?.name}${describeInterface(spec.taskTemplate?.interface, spec.defaultInputs)}.`,
  });
}

function variablesOf(spec: TaskSpec): readonly VariableEntry[] {
  return spec.taskTemplate?.interface?.inputs?.variables ?? [];
}

/** CreateRun takes the folder and appends the file's name; with the name twice the stored inputs would be lost. */
function storedAt(uri: string) {
  const folder = uri.replace(/\/inputs\.pb$/, "");
  return { stored: { uri: folder, inputsHash: hashOfUri(folder) } };
}
