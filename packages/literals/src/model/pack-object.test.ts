import type { JsonSchema } from "../json.ts";
import { encodeMsgpack } from "../msgpack/encode.ts";
import { packModel } from "./pack-value.ts";

const text = { type: "string" };
const optionalText = { anyOf: [text, { type: "null" }], default: null };
const reference = { name: optionalText, format: { ...text, default: "" }, hash: optionalText };

function withReference(title: string, properties: JsonSchema, kind?: string): JsonSchema {
  const required = Object.keys(properties);
  const more: JsonSchema = kind === undefined ? {} : { "x-flyte-type": kind };
  return { properties: { r: { title, properties: { ...properties, ...reference }, required, ...more } } };
}

const file = withReference("File", { path: text });
const directory = withReference("Dir", { path: text }, "dir");
const frame = {
  properties: { r: { title: "DataFrame", properties: { uri: optionalText, format: optionalText } } },
};
const ownFile = { properties: { r: { title: "File", properties: { path: text }, required: ["path"] } } };

function pack(schema: JsonSchema, r: unknown): unknown {
  const result = packModel(schema, { r }, "a");
  if (!result.ok) return result.problems.map(({ path, message }) => `${path}: ${message}`);
  const packed = result.value instanceof Map ? result.value.get("r") : undefined;
  return packed instanceof Map ? Object.fromEntries(packed) : packed;
}

const packedFile = { path: "s3://b/d/a.txt", name: "a.txt", format: "", hash: null };
const notRemote = (uri: string) =>
  `expected a URI such as s3://bucket/key, got "${uri}": the task cannot read a local path`;

describe("references within a model", () => {
  it.each<[string, JsonSchema, unknown, unknown]>([
    ["a file by its URI", file, "s3://b/d/a.txt", packedFile],
    ["a file by uri", file, { uri: "s3://b/d/a.txt" }, packedFile],
    ["a file by path", file, { path: "s3://b/d/a.txt" }, packedFile],
    [
      "a file with all it has",
      file,
      { ...packedFile, name: "b", hash: "h" },
      { ...packedFile, name: "b", hash: "h" },
    ],
    ["a directory", directory, "s3://b/d/", { path: "s3://b/d/", name: "d", format: "", hash: null }],
    ["a data frame by its URI", frame, "s3://b/df", { uri: "s3://b/df", format: null }],
    [
      "a data frame by path",
      frame,
      { path: "s3://b/df", format: "csv" },
      { uri: "s3://b/df", format: "csv" },
    ],
    ["a model that is only called File", ownFile, { path: "x" }, { path: "x" }],
  ])("takes %s", (_name, schema, json, packed) => {
    expect(pack(schema, json)).toEqual(packed);
  });

  it.each<[string, JsonSchema, unknown, string]>([
    ["a local file", file, "/tmp/a.txt", `a.r: ${notRemote("/tmp/a.txt")}`],
    ["a local uri", file, { uri: "a.txt" }, `a.r.uri: ${notRemote("a.txt")}`],
    ["a local data frame", frame, { uri: "df" }, `a.r.uri: ${notRemote("df")}`],
    ["a file without a path", file, { format: "txt" }, "a.r.path: missing required property of type string"],
    ["a number", file, 5, "a.r: expected an object, got 5"],
  ])("refuses %s", (_name, schema, json, problem) => {
    expect(pack(schema, json)).toEqual([problem]);
  });
});

describe("a model's bytes", () => {
  const schema = { properties: { a: text, b: { ...text, default: "" }, c: text }, required: ["c", "a"] };

  function bytes(json: unknown) {
    const result = packModel(schema, json, "a");
    return result.ok && Buffer.from(encodeMsgpack(result.value)).toString("hex");
  }

  it("depend neither on the order of its JSON nor on whether a default is stated", () => {
    expect(bytes({ a: "1", c: "3" })).toBe("83a163a133a161a131a162a0");
    expect(bytes({ c: "3", b: "", a: "1" })).toBe("83a163a133a161a131a162a0");
  });
});
