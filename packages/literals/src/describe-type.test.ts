import { fromJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { describeType } from "./describe-type.ts";

const none = { simple: "NONE", structure: { tag: "none" } };

function pickled(name: string): JsonValue {
  const variants: JsonValue[] = [
    { blob: { format: "PythonPickle" }, structure: { tag: "FlytePickle" } },
    { simple: "BINARY", structure: { tag: "FlytePickle" } },
  ];
  return { metadata: { python_class_name: name }, unionType: { variants } };
}

function struct(metadata: { [key: string]: JsonValue }): JsonValue {
  return { simple: "STRUCT", metadata: { properties: {}, ...metadata } };
}

describe("describeType", () => {
  it.each<[string, JsonValue]>([
    ["None", { simple: "NONE" }],
    ["int", { simple: "INTEGER" }],
    ["float", { simple: "FLOAT" }],
    ["str", { simple: "STRING" }],
    ["bool", { simple: "BOOLEAN" }],
    ["datetime", { simple: "DATETIME" }],
    ["date", { simple: "DATETIME", structure: { tag: "date" } }],
    ["timedelta", { simple: "DURATION" }],
    ["bytes", { simple: "BINARY" }],
    ["Error", { simple: "ERROR" }],
    ["list[list[int]]", { collectionType: { collectionType: { simple: "INTEGER" } } }],
    ["dict[str, float]", { mapValueType: { simple: "FLOAT" } }],
    ["int | None", { unionType: { variants: [{ simple: "INTEGER" }, none] } }],
    ["int | str | None", { unionType: { variants: [{ simple: "INTEGER" }, { simple: "STRING" }, none] } }],
    ["enum(FAST|SLOW)", { enumType: { values: ["FAST", "SLOW"] } }],
    ["File", { blob: { format: "csv" } }],
    ["Dir", { blob: { dimensionality: "MULTIPART" } }],
    ["DataFrame", { structuredDatasetType: {} }],
    ["Schema", { schema: {} }],
    ["Point", struct({ title: "Point" })],
    ["Node", struct({ $ref: "#/$defs/Node" })],
    ["tuple", struct({ title: "TupleWrapper_Tuple" })],
    ["Coord", struct({ title: "NamedTupleWrapper_Coord" })],
    ["Movie", struct({ title: "TypedDictWrapper_Movie" })],
    ["dataclass", struct({})],
    ["dict", { simple: "STRUCT" }],
    ["dict", { simple: "STRUCT", metadata: { title: "T", description: "only documentation" } }],
    ["Quota", { simple: "STRUCT", metadata: { pb_type: "a.quota_pb2.Quota" } }],
    ["Custom", pickled("<class 'a.b.Custom'>")],
    ["set", pickled("<class 'set'>")],
    ["Tuple[int, ...]", pickled("typing.Tuple[int, ...]")],
    ["Custom | None", { unionType: { variants: [pickled("<class 'a.Custom'>"), none] } }],
    ["unknown", {}],
  ])("says %s", (text, type) => {
    expect(describeType(fromJson(LiteralTypeSchema, type))).toBe(text);
  });
});
