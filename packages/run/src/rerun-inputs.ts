import { create } from "@bufbuild/protobuf";
import { createToolError } from "@flyte-mcp/core";
import type { VariableEntry } from "@flyte-mcp/idl/core/interface";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import type { TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import { hashOfUri } from "@flyte-mcp/launch";
import type { Launch } from "@flyte-mcp/launch";
import { describeInterface, fromNamedLiterals, nearestName, toInputs, toLiteral } from "@flyte-mcp/literals";
import type { Problem } from "@flyte-mcp/literals";
import type { Earlier } from "./read-earlier.ts";

/** The inputs of then with some changed; throws a tool error that names every problem, or that they are gone. */
export function chooseInputs(
  { inputs }: Earlier,
  spec: TaskSpec,
  changes: Record<string, unknown> | undefined,
): Launch["inputs"] {
  if ("literals" in inputs) return changes ? overlay(inputs, spec, changes) : inputs;
  const given = changes && toInputs(variablesOf(spec), spec.defaultInputs, changes);
  if (given?.ok) return given.value;
  // What nobody can read can still be passed on as it lies there.
  if (inputs.uri && !changes) return storedAt(inputs.uri);
  throw createToolError({
    code: "failed_precondition",
    message: `The inputs of the earlier run cannot be read: ${inputs.reason}`,
    hint: `Give all of them: ${describeInterface(spec.taskTemplate?.interface, spec.defaultInputs)}.`,
  });
}

/** Inputs as JSON, or null where only their place is known. */
export function describeInputs(inputs: Launch["inputs"]): Record<string, unknown> | null {
  return "literals" in inputs ? fromNamedLiterals(inputs.literals).values : null;
}

function overlay(inputs: Inputs, spec: TaskSpec, changes: Record<string, unknown>): Inputs {
  const variables = variablesOf(spec);
  const changed = new Map<string, Literal>();
  const problems: Problem[] = [];
  for (const [name, json] of Object.entries(changes)) {
    const type = variables.find(({ key }) => key === name)?.value?.type;
    const literal = type ? toLiteral(type, json, name) : unknownInput(name, variables);
    if (literal.ok) changed.set(name, literal.value);
    else problems.push(...literal.problems);
  }
  if (problems.length > 0) throw refusal(problems, spec);
  const kept = inputs.literals.filter(({ name }) => !changed.has(name));
  const literals = [...kept, ...[...changed].map(([name, value]) => ({ name, value }))];
  const order = variables.map(({ key }) => key);
  literals.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return create(InputsSchema, { context: inputs.context, literals });
}

function unknownInput(name: string, variables: readonly VariableEntry[]) {
  const near = nearestName(
    name,
    variables.map(({ key }) => key),
  );
  const guess = near === undefined ? "" : `, did you mean ${near}?`;
  return { ok: false, problems: [{ path: name, message: `unknown input${guess}` }] } as const;
}

function refusal(problems: readonly Problem[], spec: TaskSpec): Error {
  return createToolError({
    code: "invalid_argument",
    message: `No run was created, the inputs are not valid: ${problems.map(({ path, message }) => `${path}: ${message}`).join("; ")}.`,
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
