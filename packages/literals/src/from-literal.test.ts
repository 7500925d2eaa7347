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

describe("fromLiteral", () => {
  it("reads all that other clients might write, whether it fits its type or not", () => {
    expect(lines).toHaveLength(68);
    expect(lines.filter(({ name }) => !read(name).ok)).toEqual([]);
  });

  it.each([
    ["int_from_float", 3],
    ["int_from_fraction", 3.5],
    ["int_from_str", "3"],
    ["int_from_none", null],
    ["float_from_int", 3],
    ["float_from_bool", true],
    ["bool_from_int", 1],
    ["none_from_int", 1],
    ["opt_bare", 5],
    ["opt_bare_none", null],
    ["union_wrong_tag", 5],
    ["union_tag_says_str", 5],
    ["opt_union_no_tag", 5],
    ["list_of_bare_unions", [1, null]],
    ["dict_generic", { x: 1 }],
    ["opt_union_tag_only_in_type", { x: 1 }],
    ["dc_int_for_float", { center: { x: 1 }, radius: 2 }],
    ["tuple_as_items", [1, "a"]],
    ["tuple_as_list", [1, "a"]],
    ["model_alias_by_name", { internal_name: 3 }],
    ["dir_single", { uri: "s3://bucket/a", format: "", dimensionality: "SINGLE" }],
  ])("reads %s as what stands in the literal", (name, json) => {
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
