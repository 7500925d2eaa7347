import { defineTool, isSuccess, isTerminal, phaseName } from "@flyte-mcp/core";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { VariableEntry } from "@flyte-mcp/idl/core/interface";
import type { NamedLiteral } from "@flyte-mcp/idl/task/common";
import type { ActionDetails } from "@flyte-mcp/idl/workflow/run_definition";
import { fromNamedLiterals } from "@flyte-mcp/literals";
import { z } from "zod";
import { cutValues } from "./cut-values.ts";
import { describeError, errorOutput, readRoot, rootAction } from "@flyte-mcp/observe";
import { readData } from "./read-data.ts";
import { runInput } from "./run-input.ts";

const values = z.record(z.string(), z.unknown());

export const getRunIo = defineTool({
  name: "get_run_io",
  title: "Get run inputs and outputs",
  description:
    "Get a run's inputs and, once it has succeeded, its outputs. outputs is null while it runs and when it failed; then error says why.",
  effect: "read",
  input: runInput,
  output: z.object({
    name: z.string(),
    phase: z.string(),
    done: z.boolean(),
    inputs: values.nullable(),
    inputs_error: z.string().optional(),
    outputs: values.nullable(),
    outputs_error: z
      .string()
      .optional()
      .describe("Values that could not be read, by name, or why none could."),
    error: errorOutput.optional().describe("Why the run failed."),
    url: z.string().optional(),
  }),

  async run({ name, ...args }, { flyte, scope, consoleUrl }) {
    const place = scope(args);
    const url = consoleUrl({ kind: "runs", ...place, path: [name] });
    const root = await readRoot(flyte, place, name);
    const phase = root?.status?.phase ?? ActionPhase.UNSPECIFIED;
    const state = { name, phase: phaseName(phase), done: isTerminal(phase), ...failureOf(root), url };
    const data = await readData(flyte, rootAction(place, name));
    if ("reason" in data)
      return { ...state, inputs: null, inputs_error: data.reason, outputs: null, outputs_error: data.reason };
    const typed = root?.spec.case === "task" ? root.spec.value.taskTemplate?.interface : undefined;
    const inputs = decode(data.inputs?.literals, typed?.inputs?.variables);
    const outputs = isSuccess(phase) ? decode(data.outputs?.literals, typed?.outputs?.variables) : undefined;
    return {
      ...state,
      inputs: inputs.values,
      inputs_error: inputs.problem,
      outputs: outputs?.values ?? null,
      outputs_error: outputs?.problem,
    };
  },
});

function failureOf(root: ActionDetails | undefined) {
  return root?.result.case === "errorInfo" ? { error: describeError(root.result.value) } : {};
}

function decode(literals: readonly NamedLiteral[] = [], variables: readonly VariableEntry[] = []) {
  const { values, problems } = fromNamedLiterals(literals, variables);
  const problem = problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
  return { values: cutValues(values), problem: problem || undefined };
}
