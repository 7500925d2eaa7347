import { readFileSync } from "node:fs";
import { fromBinary, fromJson, toBinary } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "./from-literal.ts";
import { toLiteral } from "./to-literal.ts";

interface Line {
  name: string;
  type_b64: string;
  literal_b64: string;
  json: JsonValue;
  json_writable?: false;
}

const lines = readFileSync(new URL("../fixtures/literals.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);
const typeOf = (line: Line) => fromBinary(LiteralTypeSchema, Buffer.from(line.type_b64, "base64"));
const literalOf = (line: Line) => fromBinary(LiteralSchema, Buffer.from(line.literal_b64, "base64"));

/** "written", or the family that keeps a line from it. */
function outcome(line: Line): string {
  const result = toLiteral(typeOf(line), line.json, "x");
  if (result.ok) return "written";
  const message = result.problems[0]!.message;
  return /\(([a-z ]+)\) cannot be given as JSON/.exec(message)?.[1] ?? message;
}

const writable = lines.filter((line) => line.json_writable !== false);
const written = writable.filter((line) => outcome(line) === "written");

function countBy(names: string[]) {
  return Object.fromEntries(
    [...new Set(names)].map((name) => [name, names.filter((n) => n === name).length]),
  );
}

/** Literals that other clients wrote: they are read, but written otherwise. */
const readOnly = [
  "hand_float_with_int_literal",
  "hand_int_with_float_literal",
  "hand_union_bare",
  "hand_union_no_tag",
  "hand_hash_metadata",
];

/** What comes back where the wire does not keep what was given. */
const readOtherwise: Record<string, JsonValue> = {
  datetime_offset: "2024-02-29T06:30:00Z",
  datetime_neg_offset: "2024-03-01T07:00:00Z",
  datetime_naive: "2024-02-29T12:30:45Z",
  date_leap: "2024-02-29T00:00:00Z",
  date_epoch: "1970-01-01T00:00:00Z",
  date_pre_epoch: "1969-12-31T00:00:00Z",
  date_given_datetime: "2024-02-29T00:00:00Z",
  list_date: ["2024-01-01T00:00:00Z"],
};

describe("literals of the SDK", () => {
  it("are all accounted for", () => {
    expect(lines).toHaveLength(246);
    expect(writable).toHaveLength(226);
    expect(countBy(writable.map(outcome))).toEqual({
      written: 113,
      union: 23,
      struct: 54,
      enum: 10,
      pickle: 3,
      blob: 15,
      "structured dataset": 7,
      binary: 1,
    });
  });

  // A top-level date is a datetime by its type, so the SDK alone knows to cut the time off.
  const same = written.filter(({ name }) => name !== "date_given_datetime" && !readOnly.includes(name));

  it.each(same)("$name is written byte for byte", (line) => {
    const result = toLiteral(typeOf(line), line.json, "x");
    const bytes = result.ok && toBinary(LiteralSchema, result.value);
    expect(bytes && Buffer.from(bytes).toString("base64")).toBe(line.literal_b64);
  });

  it.each(written)("$name is read", (line) => {
    const json = readOtherwise[line.name] ?? line.json;
    expect(fromLiteral(literalOf(line), typeOf(line))).toEqual({ ok: true, value: json });
  });

  it("are read or reported, never thrown", () => {
    const unread = lines.filter((line) => !fromLiteral(literalOf(line), typeOf(line)).ok);
    expect(unread.map(({ name }) => name)).toEqual(["hand_empty_literal"]);
    expect(lines.filter((line) => !fromLiteral(literalOf(line)).ok)).toEqual(unread);
  });
});

describe("toLiteral", () => {
  it.each([
    ["enum(RED|BLUE) (enum)", { enumType: { values: ["RED", "BLUE"] } }],
    ["dict (struct)", { simple: "STRUCT" }],
    ["File (blob)", { blob: {} }],
    ["Dir (blob)", { blob: { dimensionality: "MULTIPART" } }],
    ["DataFrame (structured dataset)", { structuredDatasetType: {} }],
    ["bytes (binary)", { simple: "BINARY" }],
    ["Error (error)", { simple: "ERROR" }],
    ["Schema (schema)", { schema: {} }],
    ["int | str (union)", { unionType: { variants: [{ simple: "INTEGER" }, { simple: "STRING" }] } }],
    ["unknown (unknown)", {}],
  ])("refuses %s by name", (name, type) => {
    expect(toLiteral(fromJson(LiteralTypeSchema, type), "x", "a")).toEqual({
      ok: false,
      problems: [{ path: "a", message: `type ${name} cannot be given as JSON by this version` }],
    });
  });
});
