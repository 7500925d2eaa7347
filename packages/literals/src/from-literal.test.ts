import { readFileSync } from "node:fs";
import { fromBinary, fromJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "./from-literal.ts";

interface Line {
  name: string;
  type_b64: string;
  literal_b64: string;
}

const lines = readFileSync(new URL("../fixtures/reads.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);

function read(name: string) {
  const line = lines.find((candidate) => candidate.name === name)!;
  const literal = fromBinary(LiteralSchema, Buffer.from(line.literal_b64, "base64"));
  return fromLiteral(literal, fromBinary(LiteralTypeSchema, Buffer.from(line.type_b64, "base64")));
}

const pickled: JsonValue = {
  metadata: { python_class_name: "<class 'a.b.Custom'>" },
  unionType: {
    variants: [
      { blob: { format: "PythonPickle" }, structure: { tag: "FlytePickle" } },
      { simple: "BINARY", structure: { tag: "FlytePickle" } },
    ],
  },
};

/** What stands in each literal that another client might write, whether Python can read it or not. */
const readings: Record<string, JsonValue> = {
  enum_by_name: "BLUE",
  enum_by_value: "deep-blue",
  strmixin_enum_by_value: "MAG",
  literal_member: "a",
  literal_bad: "zzz",
  int_from_float: 3,
  int_from_fraction: 3.5,
  int_from_str: "3",
  int_from_bool: true,
  int_from_none: null,
  float_from_int: 3,
  float_from_bool: true,
  str_from_int: 3,
  bool_from_int: 1,
  datetime_from_str: "2024-01-01T00:00:00Z",
  date_from_noon: "2024-01-01T12:00:00Z",
  none_from_int: 1,
  dc_missing_default: { x: 1 },
  dc_missing_required: { y: 1 },
  dc_extra: { x: 1, zz: 1 },
  dc_float_for_int: { x: 1 },
  dc_fraction_for_int: { x: 1.5 },
  dc_string_for_int: { x: "1" },
  dc_int_for_float: { center: { x: 1 }, radius: 2 },
  dc_enum_by_name: { id: 1, inner: { name: "n" }, color: "RED" },
  dc_enum_by_value: { id: 1, inner: { name: "n" }, color: "red" },
  dc_generic: { x: 1, y: 2 },
  dc_timedelta_iso: { at: "2024-01-01T00:00:00Z", day: "2024-01-01", took: "PT1H" },
  dc_timedelta_number: { at: "2024-01-01T00:00:00Z", day: "2024-01-01", took: 90 },
  dc_file_uri: { f: { uri: "s3://bucket/a" }, d: { path: "s3://bucket/d" } },
  dc_file_path: { f: { path: "s3://bucket/a" }, d: { path: "s3://bucket/d" } },
  model_missing_default: { name: "n", age: 1 },
  model_missing_required: { name: "n" },
  model_enum_by_value: { name: "n", age: 1, color: "deep-blue" },
  model_enum_by_name: { name: "n", age: 1, color: "BLUE" },
  model_int_enum_by_value: { name: "n", age: 1, level: 10 },
  model_int_enum_by_name: { name: "n", age: 1, level: "HIGH" },
  model_generic: { a: 1 },
  model_float_for_int: { a: 1 },
  model_extra_forbidden: { a: 1, q: 1 },
  model_alias: { externalName: 3 },
  model_alias_by_name: { internal_name: 3 },
  model_duration_number: { at: "2024-01-01T00:00:00Z", day: "2024-01-01", took: 90 },
  model_duration_iso: { at: "2024-01-01T00:00:00Z", day: "2024-01-01", took: "PT1H" },
  model_file_uri: { f: { uri: "s3://bucket/a" } },
  model_file_path: { f: { path: "s3://bucket/a" } },
  dict_generic: { x: 1 },
  dict_msgpack_list: [1, 2],
  tuple_as_list: [1, "a"],
  tuple_as_items: [1, "a"],
  namedtuple_missing_default: { lat: 1, lon: 2 },
  typeddict_partial_missing: { title: "t" },
  opt_bare: 5,
  opt_bare_none: null,
  union_tag: 5,
  union_wrong_tag: 5,
  union_no_tag: 5,
  union_no_tag_str: "s",
  union_bare: 5,
  union_tag_says_str: 5,
  opt_union_no_tag: 5,
  opt_union_tag_only_in_type: { x: 1 },
  opt_union_generic: { x: 1 },
  list_of_bare_unions: [1, null],
  file_no_format: { uri: "s3://bucket/a/b.txt", format: "", dimensionality: "SINGLE" },
  file_multipart: { uri: "s3://bucket/a", format: "", dimensionality: "MULTIPART" },
  file_from_str: "s3://bucket/a",
  dir_single: { uri: "s3://bucket/a", format: "", dimensionality: "SINGLE" },
};

describe("fromLiteral", () => {
  it("reads all that other clients might write", () => {
    expect(lines).toHaveLength(68);
    expect(Object.keys(readings)).toEqual(lines.map(({ name }) => name));
  });

  it.each(Object.entries(readings))("reads %s as what stands in the literal", (name, json) => {
    expect(read(name)).toEqual({ ok: true, value: json });
  });

  it.each<[string, JsonValue, JsonValue, JsonValue]>([
    [
      "a file",
      { blob: {} },
      { hash: "h1", scalar: { blob: { uri: "s3://b/a", metadata: { type: { format: "csv" } } } } },
      { uri: "s3://b/a", format: "csv", dimensionality: "SINGLE", hash: "h1" },
    ],
    [
      "a data frame",
      { structuredDatasetType: {} },
      { scalar: { structuredDataset: { uri: "s3://b/df" } } },
      { uri: "s3://b/df", format: "" },
    ],
    ["an enum", { enumType: { values: ["RED"] } }, { scalar: { primitive: { stringValue: "RED" } } }, "RED"],
    ["bytes", { simple: "BINARY" }, { scalar: { binary: { value: "AAH/" } } }, "AAH/"],
    [
      "bytes of an unknown encoding",
      { simple: "STRUCT" },
      { scalar: { binary: { value: "oWFhAQ==", tag: "cbor" } } },
      { base64: "oWFhAQ==", tag: "cbor" },
    ],
    [
      "an error",
      { simple: "ERROR" },
      { scalar: { error: { message: "boom", failedNodeId: "n0" } } },
      { type: "Error", message: "boom", failed_node_id: "n0" },
    ],
    [
      "a schema",
      { schema: {} },
      { scalar: { schema: { uri: "s3://b/s" } } },
      { type: "Schema", uri: "s3://b/s" },
    ],
    [
      "a pickle in the store",
      pickled,
      { scalar: { blob: { uri: "s3://b/p" } } },
      { uri: "s3://b/p", format: "PythonPickle", python_class: "Custom" },
    ],
    [
      "a pickle in the literal",
      pickled,
      { scalar: { binary: { value: "AAH/" } } },
      { bytes: 3, format: "PythonPickle", python_class: "Custom" },
    ],
    [
      "an offloaded value",
      { collectionType: { simple: "INTEGER" } },
      { offloadedMetadata: { uri: "s3://b/o", sizeBytes: "12345678" } },
      { offloaded: true, uri: "s3://b/o", size_bytes: 12345678 },
    ],
  ])("describes %s", (_name, type, literal, json) => {
    const result = fromLiteral(fromJson(LiteralSchema, literal), fromJson(LiteralTypeSchema, type));
    expect(result).toEqual({ ok: true, value: json });
  });

  it.each<[string, JsonValue]>([
    ["literal", {}],
    ["scalar", { scalar: {} }],
    ["primitive", { scalar: { primitive: {} } }],
  ])("reports an empty %s at its path", (_name, literal) => {
    expect(fromLiteral(fromJson(LiteralSchema, literal), undefined, "a")).toEqual({
      ok: false,
      problems: [{ path: "a", message: "the literal holds no value" }],
    });
  });
});
