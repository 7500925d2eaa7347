import { fromJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { VariableMapSchema } from "@flyte-mcp/idl/core/interface";
import { toInputs } from "./inputs.ts";

const point = {
  title: "Point",
  properties: { x: { type: "integer" }, y: { type: "integer", default: 0 } },
  required: ["x"],
  additionalProperties: false,
};
const listOf = (simple: string) => ({ collectionType: { simple }, structure: { tag: "Typed List" } });

const types: { [name: string]: JsonValue } = {
  str: { simple: "STRING" },
  int: { simple: "INTEGER" },
  float: { simple: "FLOAT" },
  when: { simple: "DATETIME" },
  color: { enumType: { values: ["RED", "DEEP_BLUE"] } },
  lists: { unionType: { variants: [listOf("INTEGER"), listOf("STRING")] } },
  point: { simple: "STRUCT", metadata: point, structure: { tag: "Object-Dataclass-Transformer" } },
  raw: { simple: "STRUCT" },
  bytes: { simple: "BINARY" },
  texts: { mapValueType: listOf("STRING") },
};

function problems(json: Record<string, unknown>, names = Object.keys(json)) {
  const known = names.filter((name) => Object.hasOwn(types, name));
  const variables = known.map((key) => ({ key, value: { type: types[key]! } }));
  const result = toInputs(fromJson(VariableMapSchema, { variables }).variables, [], json);
  return result.ok ? "accepted" : result.problems.map(({ path, message }) => `${path}: ${message}`);
}

const tooMuch = "for one value (at most 10 MB): store it and pass its URI to an input of type File";

describe("bad input", () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ["a number where a string is wanted", { str: 5 }, ["str: expected a string, got 5"]],
    ["a fraction for an integer", { int: 3.5 }, ["int: expected an integer, got 3.5"]],
    [
      "2^63",
      { int: "9223372036854775808" },
      ["int: integer out of range: it must lie within -9223372036854775808 and 9223372036854775807"],
    ],
    [
      "2^63 as a number",
      { int: 2 ** 63 },
      ["int: 9223372036854776000 is too large to be exact as a JSON number; give it as a decimal string"],
    ],
    ["NaN for an integer", { int: NaN }, ["int: expected an integer, got NaN"]],
    [
      "a date that does not exist",
      { when: "2023-02-29" },
      ['when: "2023-02-29" does not exist or is out of range'],
    ],
    [
      "an enum's value instead of its name",
      { color: "deep-blue" },
      ['color: expected one of RED, DEEP_BLUE; got "deep-blue", did you mean DEEP_BLUE?'],
    ],
    [
      "a union that fits two variants",
      { lists: [] },
      [
        'lists: fits list[int] and list[str] alike; give { "$type": one of "list[int]", "list[str]", "value": ... }',
      ],
    ],
    [
      "a dataclass with a missing field",
      { point: { y: 1 } },
      ["point.x: missing required property of type integer"],
    ],
    [
      "a dataclass with an unknown field",
      { point: { x: 1, z: 2 } },
      ["point.z: unknown property, did you mean x? (there are x, y)"],
    ],
    [
      "a key that no input has",
      { int: 1, intt: 2 },
      ["intt: unknown input, did you mean int? (the task takes int: int)"],
    ],
    [
      "__proto__ as a key",
      JSON.parse('{"int":1,"__proto__":2}'),
      ["__proto__: unknown input (the task takes int: int)"],
    ],
    [
      "__proto__ as a key of a dataclass",
      { point: JSON.parse('{"x":1,"__proto__":{}}') },
      ["point.__proto__: unknown property (there are x, y)"],
    ],
    [
      "__proto__ in place of a field",
      { point: JSON.parse('{"__proto__":{"x":1}}') },
      [
        "point.x: missing required property of type integer",
        "point.__proto__: unknown property (there are x, y)",
      ],
    ],
    ["a string of 20 MB", { str: "x".repeat(20_000_000) }, [`str: 20.0 MB are too much ${tooMuch}`]],
    [
      "a string of 20 MB in another alphabet",
      { str: "ж".repeat(10_000_000) },
      [`str: 20.0 MB are too much ${tooMuch}`],
    ],
    [
      "a string of 20 MB in a dict",
      { raw: { a: { b: "x".repeat(20_000_000) } } },
      [`raw.a.b: 20.0 MB are too much ${tooMuch}`],
    ],
    [
      "a dict of 20 MB",
      { raw: { a: Array.from({ length: 4 }, () => "x".repeat(5_000_000)) } },
      [`raw: 20.0 MB are too much ${tooMuch}`],
    ],
    ["bytes of 15 MB", { bytes: "A".repeat(20_000_000) }, [`bytes: 15.0 MB are too much ${tooMuch}`]],
    [
      "20 MB in many strings",
      { texts: { a: Array.from({ length: 100 }, () => "x".repeat(100_000)), b: ["ж".repeat(5_000_000)] } },
      [`texts: 20.0 MB are too much ${tooMuch}`],
    ],
    [
      "many at once",
      { str: 1, int: "x", point: {} },
      [
        "str: expected a string, got 1",
        'int: expected an integer, got "x"',
        "point.x: missing required property of type integer",
      ],
    ],
  ])("refuses %s", (_name, json, expected) => {
    expect(problems(json)).toEqual(expected);
  });

  it("takes NaN where a float is wanted, and 10 MB where a string is", () => {
    expect(problems({ float: NaN, str: "x".repeat(10_000_000) })).toBe("accepted");
  });

  it("keeps __proto__ where any key may be", () => {
    expect(problems({ raw: JSON.parse('{"__proto__":{"x":1}}') })).toBe("accepted");
  });
});
