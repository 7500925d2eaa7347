import { readFileSync } from "node:fs";
import { fromBinary, fromJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import type { LiteralType } from "@flyte-mcp/idl/core/types";
import { toLiteral } from "./to-literal.ts";

interface Line {
  kind: string;
  name: string;
  type: string;
  type_b64: string;
  json: unknown;
}

function readLines(file: string) {
  const text = readFileSync(new URL(`../fixtures/${file}.jsonl`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

const typed = [...readLines("literals"), ...readLines("reads")];

/** The type of a line that the SDK made of the same Python type. */
function typeOf(name: string): LiteralType {
  const line = typed.find((candidate) => candidate.name === name)!;
  return fromBinary(LiteralTypeSchema, Buffer.from(line.type_b64, "base64"));
}

function typeFrom(json: JsonValue): LiteralType {
  return fromJson(LiteralTypeSchema, json);
}

const listOf = (simple: string) => ({ collectionType: { simple }, structure: { tag: "Typed List" } });
const none = { simple: "NONE", structure: { tag: "none" } };
const optionalFloat = { unionType: { variants: [{ simple: "FLOAT", structure: { tag: "float" } }, none] } };

const types: Record<string, LiteralType> = {
  "typing.Any": typeOf("any_int"),
  "typing.Optional[float]": typeFrom(optionalFloat),
  "<enum 'Color'>": typeOf("enum_red"),
  "<enum 'LiteralEnum'>": typeOf("literal_a"),
  "<class 'fixture_types.MoviePartial'>": typeOf("typeddict_partial_missing"),
  "<class 'float'>": typeOf("float_half"),
  "<class 'int'>": typeOf("int_one"),
  "<class 'str'>": typeOf("str_empty"),
  "<class 'fixture_types.Point'>": typeOf("dc_point"),
  "<class 'fixture_types.Strict'>": typeOf("model_strict"),
  "<class 'fixture_types.Person'>": typeOf("model_person_min"),
  "typing.List[int]": typeFrom(listOf("INTEGER")),
  "typing.Union[typing.List[int], typing.List[str]]": typeFrom({
    unionType: { variants: [listOf("INTEGER"), listOf("STRING")] },
  }),
  "typing.Union[int, str]": typeOf("union_int"),
  "typing.Dict[str, int]": typeOf("dict_int"),
  "<class 'flyte.io._file.File'>": typeOf("file_plain"),
  "typing.Tuple[int, str]": typeOf("tuple_int_str"),
  "<class 'datetime.datetime'>": typeOf("datetime_naive"),
  "<class 'datetime.timedelta'>": typeOf("timedelta_zero"),
};

const lines = readLines("rejected").filter(({ kind }) => kind === "literal");

/** Python refuses the value for its Python type; as JSON it can only be meant as what Python reads. */
const accepted = "accepted";

const outcomes: Record<string, string[] | typeof accepted> = {
  any_none: [
    'x: type Any is pickled, so only Python can make it; give { "uri": ... } of one that a run has stored',
  ],
  opt_float_given_int: accepted,
  enum_by_value_string: ['x: expected one of RED, GREEN, BLUE; got "deep-blue"'],
  literal_bad: ['x: expected one of a, b; got "zzz"'],
  typeddict_partial: ["x.rating: missing required property of type number"],
  typeddict_partial_empty: [
    "x.title: missing required property of type string",
    "x.rating: missing required property of type number",
  ],
  float_given_int: accepted,
  int_given_bool: ["x: expected an integer, got true"],
  float_given_bool: ["x: expected a number, got true"],
  int_given_float: accepted,
  str_given_int: ["x: expected a string, got 3"],
  int_overflow: ["x: integer out of range: it must lie within -9223372036854775808 and 9223372036854775807"],
  list_given_tuple: accepted,
  int_none: ["x: expected an integer, got null"],
  enum_bad: ['x: expected one of RED, GREEN, BLUE; got "PURPLE"'],
  dc_missing: ["x.x: missing required property of type integer"],
  dc_wrong_type: ['x.x: expected an integer, got "abc"'],
  dc_str_number: accepted,
  dc_extra_key: ["x.zzz: unknown property (there are x, y)"],
  model_extra_forbidden: ["x.q: unknown property, did you mean a? (there are a, b)"],
  model_constraint: ["x.age: must be at most 150, got 200"],
  union_ambiguous: [
    'x: fits list[int] and list[str] alike; give { "$type": one of "list[int]", "list[str]", "value": ... }',
  ],
  union_no_match: ["x: expected one of int, str; got 1.5"],
  dict_bad_key: accepted,
  list_bad_elem: ['x[1]: expected an integer, got "a"'],
  file_given_str: accepted,
  datetime_given_str: accepted,
  timedelta_given_int: accepted,
  tuple_wrong_len: ["x: expected 2 items, got 1"],
  datetime_given_date: accepted,
};

/** Python refuses the task itself, so no plane ever shows one. */
const UNDEPLOYABLE = ["t_plain_int_enum", "float_default_int", "container_task_with_1_or_2_args"];

describe("literals that the SDK refuses to write", () => {
  it("are all accounted for", () => {
    expect(readLines("rejected")).toHaveLength(46);
    // Twelve more are inputs of a task.
    expect(lines).toHaveLength(31);
    // An enum of plain integers has no Flyte type.
    expect(lines.filter(({ name }) => !(name in outcomes)).map(({ name }) => name)).toEqual([
      "enum_int_valued",
    ]);
    expect(readLines("rejected").flatMap(({ kind, name }) => (kind === "task" ? [name] : []))).toEqual(
      UNDEPLOYABLE,
    );
    console.warn(`rejected.jsonl: left out, as no such task can be deployed: ${UNDEPLOYABLE.join(", ")}`);
    console.warn("rejected.jsonl: 30 of 31 literals: 20 are refused, 10 accepted as what Python reads");
    expect(Object.values(outcomes).filter((outcome) => outcome === accepted)).toHaveLength(10);
  });

  it.each(lines.filter(({ name }) => name in outcomes))("$name", ({ name, type, json }) => {
    const result = toLiteral(types[type]!, json, "x");
    const outcome = result.ok ? accepted : result.problems.map(({ path, message }) => `${path}: ${message}`);
    expect(outcome).toEqual(outcomes[name]);
  });
});
