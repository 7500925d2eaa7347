import { create, fromJson, toJson } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import type { JsonSchema } from "../json.ts";
import { scalarOf } from "../literal.ts";
import { decodeMsgpack } from "../msgpack/decode.ts";
import { toLiteral } from "../to-literal.ts";

function model(metadata: JsonSchema) {
  return fromJson(LiteralTypeSchema, { simple: "STRUCT", metadata });
}

/** What goes to Python: integers as `1n`, so that floats can be told from them. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

function write(type: ReturnType<typeof model>, json: unknown) {
  const result = toLiteral(type, json, "a");
  if (!result.ok) return result.problems.map(({ path, message }) => `${path}: ${message}`);
  const scalar = scalarOf(result.value);
  return scalar?.case === "binary" ? plain(decodeMsgpack(scalar.value.value)) : scalar;
}

const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }], default: null });

const point = model({
  title: "Point",
  properties: {
    x: { type: "integer" },
    y: { type: "number", default: 0 },
    tag: nullable({ type: "string" }),
  },
  required: ["x"],
  additionalProperties: false,
});

const untyped = fromJson(LiteralTypeSchema, { simple: "STRUCT" });

describe("struct", () => {
  it.each([
    ["fills defaults", point, { x: 1 }, { x: 1n, y: 0, tag: null }],
    ["keeps a whole float a float", point, { x: 1, y: 2, tag: "t" }, { x: 1n, y: 2, tag: "t" }],
    [
      "takes numbers as text",
      point,
      { x: "9007199254740993", y: "NaN" },
      { x: 2n ** 53n + 1n, y: NaN, tag: null },
    ],
    [
      "follows references, also to itself",
      model(recursive()),
      { v: 1, next: { v: 2 } },
      { v: 1n, next: { v: 2n, next: null } },
    ],
    [
      "takes any JSON for an untyped dict",
      untyped,
      { a: [1, 1.5, null, { b: true }] },
      { a: [1n, 1.5, null, { b: true }] },
    ],
  ])("%s", (_name, type, json, packed) => {
    expect(write(type, json)).toEqual(packed);
  });

  it("packs required properties first, in the order of their declaration", () => {
    const type = model({
      properties: { a: { type: "integer", default: 0 }, b: { type: "integer" }, c: { type: "integer" } },
      required: ["c", "b"],
    });
    expect(Object.keys(write(type, { a: 1, b: 2, c: 3 }) as object)).toEqual(["c", "b", "a"]);
  });

  it("reports all problems at once, each at its place", () => {
    expect(write(point, { y: "x", tags: "t", zzz: 1 })).toEqual([
      "a.x: missing required property of type integer",
      'a.y: expected a number, got "x"',
      "a.tags: unknown property, did you mean tag? (there are x, y, tag)",
      "a.zzz: unknown property",
    ]);
  });

  it.each<[string, JsonSchema, unknown, unknown]>([
    ["a member of an enum", { enum: ["red", "deep-blue"] }, "red", "red"],
    [
      "another",
      { enum: ["red", "deep-blue"] },
      "deep-blu",
      ['a.v: expected one of red, deep-blue; got "deep-blu", did you mean deep-blue?'],
    ],
    ["an integer member", { enum: [1, 2] }, 2, 2n],
    [
      "the default of an enum, which may be a value among names",
      { enum: ["RED"], type: "string", default: "red" },
      "red",
      "red",
    ],
    ["a constant", { const: "cat" }, "dog", ['a.v: expected one of cat; got "dog"']],
    ["bytes", { type: "string", format: "base64" }, "AP8=", new Uint8Array([0, 255])],
    ["no base64", { type: "string", format: "base64" }, "?", ['a.v: expected base64, got "?"']],
    [
      "a naive datetime",
      { type: "string", format: "date-time" },
      "2024-02-29T12:00:00",
      "2024-02-29T12:00:00",
    ],
    [
      "no datetime",
      { type: "string", format: "date-time" },
      "noon",
      ['a.v: expected a date and time such as 2024-02-29T12:30:45Z, got "noon"'],
    ],
    [
      "a date that does not exist",
      { type: "string", format: "date" },
      "2023-02-29",
      ['a.v: "2023-02-29" does not exist or is out of range'],
    ],
    ["a timedelta of a dataclass", { type: "number", format: "time-delta" }, "PT1H", 3600],
    ["a timedelta of a dataclass in seconds", { type: "number", format: "time-delta" }, 1.5, 1.5],
    ["a timedelta of a pydantic model", { type: "string", format: "duration" }, "PT1H0.005S", "PT1H0.005S"],
    ["the same in seconds", { type: "string", format: "duration" }, -90.5, "-PT90.5S"],
    [
      "no duration",
      { type: "string", format: "duration" },
      "soon",
      ['a.v: expected a duration (seconds as a number, 90s, 1h30m, PT1H30M or 01:30:00), got "soon"'],
    ],
    ["a tuple", { prefixItems: [{ type: "string" }, { type: "number" }], type: "array" }, ["a", 2], ["a", 2]],
    [
      "a tuple too short",
      { prefixItems: [{ type: "string" }, { type: "number" }], type: "array" },
      ["a"],
      ["a.v: expected 2 items, got 1"],
    ],
    [
      "a list",
      { items: { type: "integer" }, type: "array" },
      [1, "x"],
      ['a.v[1]: expected an integer, got "x"'],
    ],
    ["a map", { type: "object", additionalProperties: { type: "number" } }, { k: 1 }, { k: 1 }],
    ["a map of anything", { type: "object", additionalProperties: true }, { k: 1 }, { k: 1n }],
    [
      "an open model",
      { properties: { k: { type: "number" } }, additionalProperties: true },
      { k: 1, l: 1 },
      { k: 1, l: 1n },
    ],
    ["true for a number", { type: "number" }, true, ["a.v: expected a number, got true"]],
    ["text for true", { type: "boolean" }, "true", ['a.v: expected true or false, got "true"']],
    ["a type list", { type: ["integer", "null"] }, null, null],
    ["a bound", { type: "integer", maximum: 150 }, 200, ["a.v: must be at most 150, got 200"]],
    [
      "an integer beyond 64 bits",
      { type: "integer" },
      2n ** 64n,
      ["a.v: integer out of range: it must lie within -9223372036854775808 and 18446744073709551615"],
    ],
    ["references that lead nowhere", { $ref: "#/$defs/none" }, 1, 1n],
    ["references in a circle", { $ref: "#/properties/v" }, 1, 1n],
    [
      "a reference within allOf",
      { allOf: [{ $ref: "#/$defs/name" }], default: "n" },
      1,
      ["a.v: expected a string, got 1"],
    ],
    [
      "half of a surrogate pair",
      { type: "string" },
      "\ud800",
      ["a.v: the string holds half of a surrogate pair"],
    ],
  ])("of a model, takes or refuses %s", (_name, v, json, packed) => {
    const written = write(
      model({ properties: { v }, required: ["v"], $defs: { name: { type: "string" } } }),
      { v: json },
    );
    expect(written).toEqual(Array.isArray(written) ? packed : { v: packed });
  });

  it.each([
    [null, ["a: expected an object, got null"]],
    [[1], ["a: expected an object, got an array"]],
    ["text", ['a: expected an object, got "text"']],
    [{ s: Symbol("x") }, ["a.s: expected a JSON value, got Symbol(x)"]],
    [
      { n: 2 ** 53 },
      ["a.n: 9007199254740992 is too large to be exact as a JSON number; give it as a decimal string"],
    ],
    [{ "\ud800": 1 }, ['a["\\ud800"]: the key holds half of a surrogate pair']],
  ])("refuses %j for an untyped dict", (json, problems) => {
    expect(write(untyped, json)).toEqual(problems);
  });

  it("refuses what nests too deep", () => {
    const deep: unknown = JSON.parse(`${'{"v":1,"next":'.repeat(150)}null${"}".repeat(150)}`);
    expect(write(model(recursive()), deep)).toContainEqual(
      expect.stringMatching(/nested more than 200 levels deep$/),
    );
    const list: unknown = JSON.parse(`{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`);
    expect(write(untyped, list)).toEqual([expect.stringMatching(/nested more than 200 levels deep$/)]);
    const circle: JsonSchema = { anyOf: [{ $ref: "#/properties/v" }, { type: "null" }] };
    expect(write(model({ properties: { v: circle } }), { v: 1 })).toEqual([
      expect.stringMatching(/nested more than 200 levels deep$/),
    ]);
  });

  it("writes a protobuf message as the struct that Python reads it from", () => {
    const message = model({ pb_type: "google.protobuf.struct_pb2.Struct" });
    const result = toLiteral(message, { a: [1, null, { b: "x" }] }, "a");
    expect(result.ok && toJson(LiteralSchema, result.value)).toEqual({
      scalar: { generic: { a: [1, null, { b: "x" }] } },
    });
    expect(result.ok && fromLiteral(result.value, message)).toEqual({
      ok: true,
      value: { a: [1, null, { b: "x" }] },
    });
    expect(write(message, [1])).toEqual(["a: expected an object, got an array"]);
  });

  it("gives and takes a tuple as an array", () => {
    const type = model({
      title: "TupleWrapper_Tuple",
      properties: { item_0: { type: "integer" }, item_1: { type: "string" } },
      required: ["item_0", "item_1"],
    });
    expect(write(type, [1, "a"])).toEqual({ item_0: 1n, item_1: "a" });
    expect(write(type, { item_0: 1, item_1: "a" })).toEqual({ item_0: 1n, item_1: "a" });
    expect(write(type, ["x", "a"])).toEqual(['a[0]: expected an integer, got "x"']);
    expect(write(type, [1])).toEqual(["a: expected 2 items, got 1"]);
    const generic = create(LiteralSchema, {
      value: { case: "scalar", value: { value: { case: "generic", value: { item_0: 1, item_1: "a" } } } },
    });
    expect(fromLiteral(generic, type)).toEqual({ ok: true, value: [1, "a"] });
  });
});

function recursive(): JsonSchema {
  const node = {
    properties: { v: { type: "integer" }, next: nullable({ $ref: "#/$defs/Node" }) },
    required: ["v"],
  };
  return { $defs: { Node: node }, $ref: "#/$defs/Node" };
}
