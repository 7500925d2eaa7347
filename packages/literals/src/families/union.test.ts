import { fromJson, toJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { toLiteral } from "../to-literal.ts";

function variant(tag: string, type: { [key: string]: JsonValue }): { [key: string]: JsonValue } {
  return { ...type, structure: { tag } };
}

function model(title: string, properties: { [key: string]: JsonValue }, required: string[]) {
  return variant("Object-Dataclass-Transformer", {
    simple: "STRUCT",
    metadata: { title, properties, required, additionalProperties: false },
  });
}

const types = {
  int: variant("int", { simple: "INTEGER" }),
  float: variant("float", { simple: "FLOAT" }),
  str: variant("str", { simple: "STRING" }),
  bool: variant("bool", { simple: "BOOLEAN" }),
  datetime: variant("datetime", { simple: "DATETIME" }),
  date: variant("date", { simple: "DATETIME" }),
  timedelta: variant("timedelta", { simple: "DURATION" }),
  color: variant("DefaultEnumTransformer", { enumType: { values: ["RED", "BLUE"] } }),
  file: variant("File", { blob: {} }),
  dict: variant("Typed Dict", { simple: "STRUCT" }),
  ints: variant("Typed List", { collectionType: { simple: "INTEGER" } }),
  floats: variant("Typed List", { collectionType: { simple: "FLOAT" } }),
  strs: variant("Typed List", { collectionType: { simple: "STRING" } }),
  map: variant("Typed Dict", { mapValueType: { simple: "INTEGER" } }),
  pair: variant("Pydantic Transformer", {
    simple: "STRUCT",
    metadata: {
      title: "TupleWrapper_Tuple",
      properties: { item_0: { type: "integer" }, item_1: { type: "string" } },
      required: ["item_0", "item_1"],
    },
  }),
  square: model("Square", { side: { type: "number" } }, ["side"]),
  circle: model("Circle", { radius: { type: "number" }, name: { type: "string", default: "" } }, ["radius"]),
  disc: model("Disc", { radius: { type: "number" }, name: { type: "string", default: "" } }, ["radius"]),
};

type Name = keyof typeof types;

function write(names: Name[], json: unknown) {
  const type = fromJson(LiteralTypeSchema, { unionType: { variants: names.map((name) => types[name]) } });
  const result = toLiteral(type, json, "a");
  if (!result.ok) return result.problems.map(({ path, message }) => `${path}: ${message}`);
  const { scalar } = toJson(LiteralSchema, result.value) as { scalar: { union: { type: JsonValue } } };
  const chosen = JSON.stringify(scalar.union.type);
  return names.filter(
    (name) => JSON.stringify(toJson(LiteralTypeSchema, fromJson(LiteralTypeSchema, types[name]))) === chosen,
  );
}

describe("union", () => {
  it.each<[Name[], unknown, Name]>([
    [["int", "bool"], true, "bool"],
    [["float", "int"], 1, "int"],
    [["int", "float"], 1.5, "float"],
    [["int", "float"], "9223372036854775807", "int"],
    [["int", "str"], "1", "str"],
    [["str", "color"], "RED", "color"],
    [["color", "str"], "GREEN", "str"],
    [["datetime", "str"], "2024-01-01T00:00:00Z", "str"],
    [["datetime", "timedelta"], "PT1H", "timedelta"],
    [["datetime", "timedelta"], 9, "timedelta"],
    [["datetime", "date"], "2024-01-01", "date"],
    [["date", "datetime"], "2024-01-01T12:00:00Z", "datetime"],
    [["file", "int"], "s3://b/a", "file"],
    [["file", "str"], "s3://b/a", "str"],
    [["file", "map"], { uri: "s3://b/a" }, "file"],
    [["strs", "ints"], [1], "ints"],
    [["floats", "ints"], [1, 2], "ints"],
    [["floats", "ints"], [1, 2.5], "floats"],
    [["ints", "pair"], [1, "a"], "pair"],
    [["map", "square"], { side: 2 }, "square"],
    [["map", "square"], { edge: 2 }, "map"],
    [["dict", "square"], { side: 2 }, "square"],
    [["square", "circle"], { radius: 2 }, "circle"],
    [["circle", "disc"], { $type: "Disc", value: { radius: 2 } }, "disc"],
    [["int", "str"], { $type: "str", value: "1" }, "str"],
    [["strs", "ints"], { $type: "list[int]", value: [] }, "ints"],
  ])("of %j writes %j as %s", (names, json, chosen) => {
    expect(write(names, json)).toEqual([chosen]);
  });

  it.each<[Name[], unknown, string[]]>([
    [["int", "str"], 1.5, ["a: expected one of int, str; got 1.5"]],
    [["int", "bool"], null, ["a: expected one of int, bool; got null"]],
    [
      ["strs", "ints"],
      [],
      [
        'a: fits list[str] and list[int] alike; give { "$type": one of "list[str]", "list[int]", "value": ... }',
      ],
    ],
    [
      ["circle", "disc"],
      { radius: 1 },
      ['a: fits Circle and Disc alike; give { "$type": one of "Circle", "Disc", "value": ... }'],
    ],
    [["int", "square"], { side: "x" }, ['a.side: expected a number, got "x"']],
    [
      ["circle", "square"],
      { sid: 1 },
      [
        "a: expected one of Circle, Square; got an object; for Circle, a.radius: missing required property of type number; " +
          "for Square, a.side: missing required property of type number",
      ],
    ],
    [["int", "str"], { $type: "float", value: 1 }, ['a["$type"]: expected one of int, str; got "float"']],
    [
      ["circle", "disc"],
      { $type: "Object-Dataclass-Transformer", value: {} },
      ['a["$type"]: expected one of Circle, Disc; got "Object-Dataclass-Transformer"'],
    ],
    [["int", "str"], { $type: "int", value: "x" }, ['a.value: expected an integer, got "x"']],
  ])("of %j refuses %j", (names, json, problems) => {
    expect(write(names, json)).toEqual(problems);
  });
});
