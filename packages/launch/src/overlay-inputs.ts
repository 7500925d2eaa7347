import { create, equals } from "@bufbuild/protobuf";
import { createToolError } from "@flyte-mcp/core";
import type { OffloadedInputData } from "@flyte-mcp/idl/common/run";
import type { VariableEntry } from "@flyte-mcp/idl/core/interface";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { describeInterface, describeType, fromLiteral, nearestName, toInputs } from "@flyte-mcp/literals";
import type { Problem, Result } from "@flyte-mcp/literals";
import type { Launch } from "./launch-run.ts";

/** Inputs that lie in the store: the folder, and the hash that stands for them. */
export type StoredInputs = Pick<OffloadedInputData, "uri" | "inputsHash">;

/** What an earlier run or a trigger was given. */
export interface KeptInputs {
  /** Whose they are, for a sentence: "the earlier run". */
  owner: string;
  /** The code that they were given to. */
  spec: TaskSpec;
  /** Themselves, or why nobody can read them and, where it is known, where they lie. */
  inputs: Inputs | { reason: string; stored: StoredInputs | undefined };
  /** An input that Flyte fills in by itself unless it is given. */
  filledLater?: string | undefined;
}

/**
 * Kept inputs with some changed, held to the interface of the code that will run: what that lacks is dropped, what has
 * another type is converted, what is new gets its default. Throws a tool error that names every problem at once.
 */
export function overlayInputs(
  kept: KeptInputs,
  spec: TaskSpec,
  changes: Record<string, unknown> = {},
): Launch["inputs"] {
  const { inputs, filledLater } = kept;
  const isReadable = "literals" in inputs;
  // What nobody can read can still be passed on as it lies there.
  if (!isReadable && inputs.stored && Object.keys(changes).length === 0) return { stored: inputs.stored };
  const chosen = variablesOf(spec)
    .filter(({ key }) => key !== filledLater || Object.hasOwn(changes, key))
    .map((entry) => ({ name: entry.key, literal: chooseLiteral(entry, kept, spec, changes) }));
  const problems = [
    ...chosen.flatMap(({ literal }) => (literal.ok ? [] : literal.problems)),
    ...unknownInputs(Object.keys(changes), spec),
  ];
  if (problems.length > 0) throw refusal(problems, spec, kept);
  const literals = chosen.flatMap(({ name, literal }) =>
    literal.ok ? [{ name, value: literal.value }] : [],
  );
  return create(InputsSchema, { context: isReadable ? inputs.context : [], literals });
}

function chooseLiteral(
  entry: VariableEntry,
  { inputs, spec: then }: KeptInputs,
  now: TaskSpec,
  changes: Record<string, unknown>,
): Result<Literal> {
  const isChanged = Object.hasOwn(changes, entry.key);
  if (!isChanged && !("literals" in inputs)) return unreadable(entry);
  const kept =
    "literals" in inputs ? inputs.literals.find(({ name }) => name === entry.key)?.value : undefined;
  if (kept && !isChanged && hasType(then, entry)) return { ok: true, value: kept };
  const old = kept && !isChanged ? fromLiteral(kept, undefined, entry.key) : undefined;
  if (old && !old.ok) return old;
  const json = isChanged ? { [entry.key]: changes[entry.key] } : old ? { [entry.key]: old.value } : {};
  const fallback = now.defaultInputs.filter(({ name }) => name === entry.key);
  const read = toInputs([entry], fallback, json);
  if (!read.ok) return read;
  const value = read.value.literals[0]?.value;
  return value
    ? { ok: true, value }
    : { ok: false, problems: [{ path: entry.key, message: "has no value" }] };
}

/** A default in its place would run something else than what was asked for. */
function unreadable({ key, value }: VariableEntry): Result<Literal> {
  const type = value?.type ? describeType(value.type) : "unknown";
  return { ok: false, problems: [{ path: key, message: `missing required input of type ${type}` }] };
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

function refusal(problems: readonly Problem[], spec: TaskSpec, { owner, inputs }: KeptInputs): Error {
  const shown = problems.slice(0, MOST_PROBLEMS).map(({ path, message }) => `${path}: ${message}`);
  const more = problems.length > MOST_PROBLEMS ? `; and ${problems.length - MOST_PROBLEMS} more` : "";
  const why = "literals" in inputs ? "" : ` The inputs of ${owner} cannot be read: ${inputs.reason}`;
  return createToolError({
    code: "invalid_argument",
    message: `No run was created, the inputs are not valid: ${shown.join("; ")}${more}.${why}`,
    hint: `The task is ${spec.taskTemplate?.id?.name}${describeInterface(spec.taskTemplate?.interface, spec.defaultInputs)}.`,
  });
}

function variablesOf(spec: TaskSpec): readonly VariableEntry[] {
  return spec.taskTemplate?.interface?.inputs?.variables ?? [];
}
