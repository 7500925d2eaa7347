import { readFileSync } from "node:fs";
import { fromBinary, fromJson, toBinary, toJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import type { Literal } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "./from-literal.ts";
import { decodeMsgpack } from "./msgpack/decode.ts";
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

const pickled = "the SDK pickles it, which the type says and the JSON does not";
const wholeFloat = "JSON cannot tell 1.0 from 1";
const otherClient = "another client wrote it so; it is read, and written as the SDK writes it";
const noText = "JSON cannot name such keys or values; Python takes the text for them when it reads";

/** Every line that is not written as it stands, and why. */
const leftOut: Record<string, string> = {
  annotated_violating: "the SDK writes 99 for at most 10; here it is refused",
  date_given_datetime:
    "Python cuts the time off a datetime that is given for a date; the wire does not tell a date",
  dc_any: wholeFloat,
  dc_circle_int_radius: "Python packs the integer 2 for a float; here it stays a float",
  dict_int_keys: noText,
  hand_blob_multipart_for_single: "Python refuses a directory for a file",
  hand_float_with_int_literal: otherClient,
  hand_generic: otherClient,
  hand_hash_metadata: otherClient,
  hand_int_with_float_literal: otherClient,
  hand_sd_columns: "columns are those the task declares",
  hand_struct_int_keys: noText,
  hand_struct_msgpack_ext: otherClient,
  hand_struct_msgpack_scalar: "Python's dict cannot be read from a string",
  hand_union_bare: otherClient,
  hand_union_no_tag: otherClient,
  literal_in_list: pickled,
  literal_optional: pickled,
  model_alias: "the SDK writes the field's name, and then cannot read it; the schema has the alias",
  model_str_number: "the defaults of two fields are made by Python alone",
  tuple_variadic: pickled,
  udict_big: "a string in an untyped dict stays one; a bigint is an integer",
  udict_bin: "a string in an untyped dict stays one",
  udict_mixed: wholeFloat,
  union_dt_td_str_dt: "a string is taken for str before datetime",
  union_float_integral_in_many: wholeFloat,
  union_str_enum: "a string is taken for a member of the enum before str",
};

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
  dc_from_dict: { x: 5, y: 0 },
  opt_dc_dict: { x: 1, y: 0 },
  union_dict_two_dcs: { side: 1, label: null },
  model_from_dict: { street: "Main 1", zip: null },
  model_str_number: {
    ...{ name: "n", age: 12, height: 1.75, addresses: [], home: null },
    ...{ color: "GREEN", level: "LOW", mode: "a", tags: {} },
  },
  literal_in_list: [{ python_class: "Literal['a', 'b']", format: "PythonPickle", bytes: 16 }],
  literal_optional: { python_class: "Literal['a', 'b']", format: "PythonPickle", bytes: 16 },
  tuple_variadic: { python_class: "Tuple[int, ...]", format: "PythonPickle", bytes: 20 },
};

/** References come back with all that the wire says of them. */
const isReference = /^((list|opt|union)_)?(file|dir|df|pandas)_?/;

/** A literal with its msgpack decoded and the keys of that sorted: neither their order nor widths can match. */
function unpacked(literal: Literal): string {
  return JSON.stringify(toJson(LiteralSchema, literal), (_key, value: { tag?: string; value?: string }) => {
    if (value?.tag !== "msgpack") return value;
    return sorted(decodeMsgpack(Buffer.from(value.value ?? "", "base64")));
  });
}

function sorted(value: unknown): unknown {
  if (typeof value === "bigint") return `integer ${value}`;
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("base64")}`;
  if (Array.isArray(value)) return value.map(sorted);
  if (!(value instanceof Map)) return value;
  return [...value].map(([key, item]) => [String(key), sorted(item)]).sort();
}

const writable = lines.filter((line) => line.json_writable !== false);
const written = writable.filter(({ name }) => !(name in leftOut));

describe("literals of the SDK", () => {
  it("are all accounted for", () => {
    expect(lines).toHaveLength(246);
    expect(writable).toHaveLength(226);
    expect(written).toHaveLength(199);
    expect(Object.keys(leftOut).filter((name) => !writable.some((line) => line.name === name))).toEqual([]);
    console.warn(`literals.jsonl: ${written.length} of ${writable.length} writable lines are written alike`);
  });

  it.each(written)("$name is written as the SDK writes it", (line) => {
    const result = toLiteral(typeOf(line), line.json, "x");
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const bytes = Buffer.from(toBinary(LiteralSchema, result.value)).toString("base64");
    const isPacked = unpacked(literalOf(line)) !== JSON.stringify(toJson(LiteralSchema, literalOf(line)));
    if (isPacked) expect(unpacked(result.value)).toBe(unpacked(literalOf(line)));
    else expect(bytes).toBe(line.literal_b64);
  });

  it.each(writable.filter(({ name }) => name !== "hand_sd_columns"))("$name is read", (line) => {
    const expected = { ok: true, value: readOtherwise[line.name] ?? line.json };
    const result = fromLiteral(literalOf(line), typeOf(line));
    if (isReference.test(line.name)) expect(result).toMatchObject(expected);
    else expect(result).toEqual(expected);
  });

  it.each(written)("$name can be given as it is read", (line) => {
    const json = fromLiteral(literalOf(line), typeOf(line));
    expect(json.ok && toLiteral(typeOf(line), json.value, "x")).toMatchObject({ ok: true });
  });

  it("are read or reported, never thrown", () => {
    const unread = lines.filter((line) => !fromLiteral(literalOf(line), typeOf(line)).ok);
    expect(unread.map(({ name }) => name)).toEqual(["hand_empty_literal", "hand_struct_broken_msgpack"]);
    expect(lines.filter((line) => !fromLiteral(literalOf(line)).ok)).toEqual(unread);
  });

  it("packs msgpack to the same bytes wherever the order of the keys is known", () => {
    const packed = written.filter(({ literal_b64 }) =>
      Buffer.from(literal_b64, "base64").includes("msgpack"),
    );
    const alike = packed.filter((line) => {
      const result = toLiteral(typeOf(line), line.json, "x");
      return (
        result.ok &&
        Buffer.from(toBinary(LiteralSchema, result.value)).toString("base64") === line.literal_b64
      );
    });
    expect([packed.length, alike.length]).toEqual([46, 39]);
  });
});

describe("toLiteral", () => {
  it.each<[string, JsonValue]>([
    ["Error", { simple: "ERROR" }],
    ["Schema", { schema: {} }],
    ["unknown", {}],
  ])("refuses %s by name", (name, type) => {
    expect(toLiteral(fromJson(LiteralTypeSchema, type), "x", "a")).toEqual({
      ok: false,
      problems: [{ path: "a", message: `type ${name} cannot be given as JSON` }],
    });
  });

  it("writes the integers that the SDK wrote, when they come as bigints", () => {
    const line = lines.find(({ name }) => name === "udict_big")!;
    const json = { big: 2n ** 63n - 1n, neg: -(2n ** 63n), u64: 2n ** 64n - 1n };
    const result = toLiteral(typeOf(line), json, "x");
    expect(result.ok && Buffer.from(toBinary(LiteralSchema, result.value)).toString("base64")).toBe(
      line.literal_b64,
    );
  });
});
