import type { JsonSchema } from "../json.ts";
import { packModel } from "./pack-value.ts";

const cat = {
  properties: { kind: { const: "cat", default: "cat" }, lives: { type: "integer", default: 9 } },
  title: "Cat",
};
const dog = {
  properties: { kind: { const: "dog", default: "dog" }, good: { type: "boolean", default: true } },
  title: "Dog",
};
const square = { properties: { side: { type: "number" } }, required: ["side"], title: "Square" };
const int = { type: "integer" };
const string = { type: "string" };
const number = { type: "number" };

function plain(value: unknown): unknown {
  return value instanceof Map
    ? Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]))
    : value;
}

function pack(alternatives: JsonSchema[], json: unknown) {
  const result = packModel({ oneOf: alternatives }, json, "a");
  return result.ok ? plain(result.value) : result.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("alternatives within a model", () => {
  it.each<[string, JsonSchema[], unknown, unknown]>([
    ["text is text before it is a number", [int, string], "5", "5"],
    ["a whole number is an integer", [number, int], 5, 5n],
    ["another is a float", [int, number], 5.5, 5.5],
    ["text is a number where nothing else fits", [int, { type: "null" }], "5", 5n],
    ["a member of an enum goes before text", [string, { enum: ["A"] }], "A", "A"],
    ["true is no number", [int, { type: "boolean" }], true, true],
    ["null is null", [int, { type: "null" }], null, null],
    ["an array", [string, { type: "array", items: int }], [1], [1n]],
    ["a constant tells models apart", [cat, dog], { kind: "dog" }, { kind: "dog", good: true }],
    ["a property tells models apart", [cat, square], { side: 2 }, { side: 2 }],
    [
      "of two that fit, the one of which more is named",
      [cat, dog],
      { good: false },
      { kind: "dog", good: false },
    ],
  ])("%s", (_name, alternatives, json, packed) => {
    expect(pack(alternatives, json)).toEqual(packed);
  });

  it.each<[string, JsonSchema[], unknown, string[]]>([
    [
      "the problems of the only one that is meant",
      [square, { type: "null" }],
      { side: "x" },
      ['a.side: expected a number, got "x"'],
    ],
    [
      "the problems of the likeliest model",
      [cat, square],
      { kind: "cat", lives: "x" },
      ['a.lives: expected an integer, got "x"'],
    ],
    ["all that is accepted", [int, { type: "null" }], [1], ["a: expected integer | null, got an array"]],
    [
      "why each was refused, where none is likelier",
      [square, { properties: { edge: int }, required: ["edge"], title: "Cube" }],
      {},
      [
        "a: expected Square | Cube, got an object; a.side: missing required property of type number; " +
          "a.edge: missing required property of type integer",
      ],
    ],
  ])("tell %s", (_name, alternatives, json, problems) => {
    expect(pack(alternatives, json)).toEqual(problems);
  });

  it("do not try again and again where a model refers to itself twice", () => {
    const side = { anyOf: [{ $ref: "#/$defs/Add" }, { $ref: "#/$defs/Mul" }, int] };
    const operation = { properties: { left: side, right: side }, required: ["left", "right"] };
    let json: unknown = "x";
    for (let depth = 0; depth < 40; depth++) json = { left: 1, right: json };
    const root = { $defs: { Add: operation, Mul: operation }, $ref: "#/$defs/Add" };
    const began = performance.now();
    expect(packModel(root, json, "a").ok).toBe(false);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
