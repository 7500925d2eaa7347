import { readFileSync } from "node:fs";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { KeyValuePairSchema } from "@flyte-mcp/idl/core/literals";
import { InputsSchema } from "@flyte-mcp/idl/task/common";
import type { Inputs } from "@flyte-mcp/idl/task/common";
import { TaskSpecSchema } from "@flyte-mcp/idl/task/task_definition";
import { toInputs } from "./inputs.ts";
import { fromNamedLiterals } from "./named-literals.ts";

interface TaskLine {
  name: string;
  spec_b64: string;
}

interface InputsLine {
  task: string | null;
  name: string;
  json: Record<string, unknown>;
  context?: Record<string, string>;
  inputs_b64: string;
  order: string[];
}

function readLines(name: string) {
  const text = readFileSync(new URL(`../fixtures/${name}.jsonl`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

const specs = new Map(
  (readLines("tasks") as TaskLine[]).map((line) => [line.name, Buffer.from(line.spec_b64, "base64")]),
);
const lines = (readLines("inputs") as InputsLine[]).filter(({ task }) => task !== null);

function inputsOf(task: string | null, json: Record<string, unknown>) {
  const spec = fromBinary(TaskSpecSchema, specs.get(task ?? "")!);
  return toInputs(spec.taskTemplate?.interface?.inputs?.variables ?? [], spec.defaultInputs, json);
}

function problemsOf(task: string, json: Record<string, unknown>) {
  const result = inputsOf(task, json);
  return result.ok ? "accepted" : result.problems.map(({ path, message }) => `${path}: ${message}`);
}

/** Python packs the properties of a model in the order of their declaration, which does not reach the wire. */
const reordered = ["types.t_dataclass_nested nested", "types.t_model_nested model"];

function valuesOf(inputs: Inputs) {
  return fromNamedLiterals(inputs.literals).values;
}

describe("inputs of the SDK", () => {
  it("are all accounted for", () => {
    // The other four are hashes of the URI of inputs, for which there is no task.
    expect(readLines("inputs")).toHaveLength(48);
    expect(lines).toHaveLength(44);
    const written = lines.filter(({ task, json }) => inputsOf(task, json).ok);
    expect(written).toHaveLength(44);
    // Each line is compared by the next test; these two have another order of msgpack keys.
    const alike = written.filter(({ task, name }) => !reordered.includes(`${task} ${name}`));
    expect(alike).toHaveLength(42);
    console.warn(
      `inputs.jsonl: ${written.length} of ${lines.length} lines are written, ${alike.length} byte for byte`,
    );
  });

  it.each(lines)("$task $name is written byte for byte, defaults and all", (line) => {
    const result = inputsOf(line.task, line.json);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(result.value.literals.map(({ name }) => name)).toEqual(line.order);
    const context = Object.entries(line.context ?? {});
    result.value.context = context.map(([key, value]) => create(KeyValuePairSchema, { key, value }));
    const isReordered = reordered.includes(`${line.task} ${line.name}`);
    const bytes = Buffer.from(toBinary(InputsSchema, result.value)).toString("base64");
    if (isReordered)
      expect(valuesOf(result.value)).toEqual(
        valuesOf(fromBinary(InputsSchema, Buffer.from(line.inputs_b64, "base64"))),
      );
    else expect(bytes).toBe(line.inputs_b64);
  });
});

interface RejectedLine {
  kind: string;
  task: string;
  name: string;
  json: Record<string, unknown>;
}

describe("inputs that the SDK refuses", () => {
  const rejected = (readLines("rejected") as RejectedLine[]).filter(({ kind }) => kind === "inputs");
  const missing = "missing required input of type int";

  it("are refused too, but for None left out, null for a default and numbers as text", () => {
    const outcomes = rejected.map(({ task, name, json }) => [`${task} ${name}`, problemsOf(task, json)]);
    expect(Object.fromEntries(outcomes)).toEqual({
      "types.t_none absent": "accepted",
      "types.t_int missing": [`x: ${missing}`],
      "types.t_int unknown": ["zz: unknown input (the task takes x: int)"],
      "types.t_optional_int missing_optional": "accepted",
      "types.t_int wrong_type": "accepted",
      "types.order_of_names missing_two": [`alpha: ${missing}`, `zeta: ${missing}`],
      "defaults.some_defaults null_required": ["a: expected an integer, got null"],
      "defaults.some_defaults null_for_default": "accepted",
      "types.t_enum bad_member": ['x: expected one of RED, GREEN, BLUE; got "PURPLE"'],
      "types.t_dataclass missing_field": ["x.x: missing required property of type integer"],
      "types.t_union_int_str no_variant": ["x: expected one of int, str; got 1.5"],
      "types.no_inputs unexpected": ["x: unknown input (the task takes no inputs)"],
    });
  });
});

describe("toInputs", () => {
  it("reports missing, invalid and unknown inputs at once", () => {
    expect(problemsOf("types.order_of_names", { alpa: 1, mid: "x", other: 2 })).toEqual([
      "alpha: missing required input of type int",
      'mid: expected an integer, got "x"',
      "zeta: missing required input of type int",
      'alpa: unknown input, did you mean alpha? (the task takes alpha: int, beta: str = "b", mid: int = 3, zeta: int)',
      "other: unknown input",
    ]);
  });

  it("says what a missing input is for", () => {
    expect(problemsOf("docs.google_doc", {})).toEqual([
      "count: missing required input of type int (How many things.)",
    ]);
  });

  it("names the type of a missing input", () => {
    expect(problemsOf("types.t_file", {})).toEqual(["x: missing required input of type File"]);
  });

  it("refuses any input of a task that takes none", () => {
    expect(problemsOf("types.no_inputs", { x: 1 })).toEqual(["x: unknown input (the task takes no inputs)"]);
  });

  it.each([
    ["an optional", "types.t_optional_int"],
    ["an optional dataclass", "types.t_optional_dataclass"],
    ["a union with None", "types.t_union_many"],
    ["a None", "types.t_none"],
  ])("writes None for %s input that is left out", (_name, task) => {
    expect(inputsOf(task, {})).toEqual(inputsOf(task, { x: null }));
    expect(inputsOf(task, {}).ok).toBe(true);
  });

  it("takes null for an input that has a default and no None", () => {
    expect(problemsOf("defaults.some_defaults", { a: null, b: "x", c: null })).toEqual([
      "a: expected an integer, got null",
    ]);
    expect(inputsOf("defaults.some_defaults", { a: 1, b: "x", c: null })).toEqual(
      inputsOf("defaults.some_defaults", { a: 1, b: "x" }),
    );
  });

  it("does not take inherited names for inputs that were given", () => {
    const json = { inputs: 1, args: [1], kwargs: {}, type: "t", name: "n" };
    const result = inputsOf("tricky-names_1.reserved_words", json);
    const given = result.ok ? result.value.literals.find(({ name }) => name === "constructor") : undefined;
    expect(given?.value?.value).toMatchObject({
      case: "scalar",
      value: { value: { case: "primitive", value: { value: { case: "stringValue", value: "c" } } } },
    });
  });
});
