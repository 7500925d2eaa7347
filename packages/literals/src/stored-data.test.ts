import { fromJson, toJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { toLiteral } from "./to-literal.ts";

const pickle: JsonValue = {
  metadata: { python_class_name: "<class 'a.b.Custom'>" },
  unionType: {
    variants: [
      { blob: { format: "PythonPickle" }, structure: { tag: "FlytePickle" } },
      { simple: "BINARY", structure: { tag: "FlytePickle" } },
    ],
  },
};
const file = { blob: { format: "csv" } };
const dir = { blob: { dimensionality: "MULTIPART" } };
const frame = { structuredDatasetType: {} };
const uri = "s3://b/a";

function write(type: JsonValue, json: unknown) {
  const result = toLiteral(fromJson(LiteralTypeSchema, type), json, "a");
  return result.ok
    ? toJson(LiteralSchema, result.value)
    : result.problems.map(({ path, message }) => `${path}: ${message}`);
}

function blob(type: JsonValue, more = {}): JsonValue {
  return { scalar: { blob: { uri, metadata: { type } } }, ...more };
}

function dataset(format?: string): JsonValue {
  return {
    scalar: { structuredDataset: { uri, metadata: { structuredDatasetType: format ? { format } : {} } } },
  };
}

describe("files, directories, data frames and pickles", () => {
  it.each<[string, JsonValue, unknown, JsonValue]>([
    ["a file by its URI, in the declared format", file, uri, blob({ format: "csv" })],
    [
      "a file of another format with a hash",
      file,
      { uri, format: "txt", hash: "h" },
      blob({ format: "txt" }, { hash: "h" }),
    ],
    ["a file as a model has it", file, { path: uri, name: "a", hash: null, format: "" }, blob({})],
    ["a file as it was read", file, { uri, format: "", dimensionality: "SINGLE" }, blob({})],
    ["a directory", dir, uri, blob({ dimensionality: "MULTIPART" })],
    [
      "a directory that was left empty",
      dir,
      { uri: "::flyte-empty-dir::" },
      {
        scalar: { blob: { uri: "::flyte-empty-dir::", metadata: { type: { dimensionality: "MULTIPART" } } } },
      },
    ],
    ["a data frame by its URI", frame, uri, dataset()],
    ["a data frame with its format", frame, { uri, format: "parquet" }, dataset("parquet")],
    ["a stored pickle", pickle, { uri, python_class: "Custom" }, blob({ format: "PythonPickle" })],
  ])("takes %s", (_name, type, json, literal) => {
    expect(write(type, json)).toEqual(literal);
  });

  it.each<[string, JsonValue, unknown, string]>([
    [
      "a local path",
      file,
      "/tmp/a.csv",
      'a: expected a URI such as s3://bucket/key, got "/tmp/a.csv": the task cannot read a local path',
    ],
    [
      "a file: URI",
      dir,
      { uri: "file:///tmp" },
      'a.uri: expected a URI such as s3://bucket/key, got "file:///tmp": the task cannot read a local path',
    ],
    [
      "a relative path",
      frame,
      { path: "data" },
      'a.path: expected a URI such as s3://bucket/key, got "data": the task cannot read a local path',
    ],
    ["nothing", file, "", 'a: expected a URI such as s3://bucket/key, got ""'],
    ["a number", file, 5, "a: expected a URI or an object with uri, format and hash; got 5"],
    ["an object without a URI", file, { format: "csv" }, "a.uri: missing required property of type string"],
    ["an unknown key", file, { uri, fromat: "csv" }, "a.fromat: unknown property, did you mean format?"],
    ["a format that is no text", file, { uri, format: 1 }, "a.format: expected a string, got 1"],
    [
      "a directory for a file",
      file,
      { uri, dimensionality: "MULTIPART" },
      'a.dimensionality: expected SINGLE, got "MULTIPART"',
    ],
    [
      "a Python object",
      pickle,
      { a: 1 },
      'a: type Custom is pickled, so only Python can make it; give { "uri": ... } of one that a run has stored',
    ],
    [
      "a pickle on this machine",
      pickle,
      { uri: "x.pkl" },
      'a.uri: expected a URI such as s3://bucket/key, got "x.pkl": the task cannot read a local path',
    ],
  ])("refuses %s", (_name, type, json, problem) => {
    expect(write(type, json)).toEqual([problem]);
  });
});
