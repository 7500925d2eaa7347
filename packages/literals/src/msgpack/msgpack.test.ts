import { decode } from "@msgpack/msgpack";
import fc from "fast-check";
import { decodeMsgpack } from "./decode.ts";
import { encodeMsgpack } from "./encode.ts";
import { msgpackJson } from "./value.ts";
import type { Msgpack } from "./value.ts";

function bytes(hex: string) {
  return new Uint8Array(Buffer.from(hex, "hex"));
}

function hex(value: Msgpack) {
  return Buffer.from(encodeMsgpack(value)).toString("hex");
}

const sizes = [0, 15, 16, 31, 32, 255, 256, 65_535, 65_536];

describe("encodeMsgpack", () => {
  it.each<[Msgpack, string]>([
    [null, "c0"],
    [false, "c2"],
    [true, "c3"],
    [1n, "01"],
    [1, "cb3ff0000000000000"],
    [-0, "cb8000000000000000"],
    [127n, "7f"],
    [128n, "cc80"],
    [256n, "cd0100"],
    [65_536n, "ce00010000"],
    [2n ** 32n, "cf0000000100000000"],
    [2n ** 64n - 1n, "cfffffffffffffffff"],
    [-1n, "ff"],
    [-32n, "e0"],
    [-33n, "d0df"],
    [-129n, "d1ff7f"],
    [-32_769n, "d2ffff7fff"],
    [-(2n ** 31n) - 1n, "d3ffffffff7fffffff"],
    [-(2n ** 63n), "d38000000000000000"],
    ["ü", "a2c3bc"],
    [bytes("00ff"), "c40200ff"],
    [[1n, []], "920190"],
    [new Map([["__proto__", 1n]]), "81a95f5f70726f746f5f5f01"],
  ])("writes %p as %s", (value, expected) => {
    expect(hex(value)).toBe(expected);
  });

  it.each(sizes)("writes lengths of %i as others read them", (size) => {
    const text = "x".repeat(size);
    const items = Array.from({ length: size }, () => null);
    const entries = Object.fromEntries(items.map((_item, index) => [`k${index}`, null]));
    const value = new Map<string, Msgpack>([
      ["text", text],
      ["bytes", new Uint8Array(size)],
      ["items", items],
      ["map", new Map(Object.entries(entries))],
    ]);
    expect(decode(encodeMsgpack(value))).toEqual({ text, bytes: new Uint8Array(size), items, map: entries });
  });
});

describe("decodeMsgpack", () => {
  it.each<[string, string, unknown]>([
    ["float32", "ca3fc00000", 1.5],
    ["integer keys", "8201a161fea162", { "1": "a", "-2": "b" }],
    [
      "keys of other types",
      "84c2a162c0a163cb3ff8000000000000a164920102a165",
      { false: "b", null: "c", "1.5": "d", "[1,2]": "e" },
    ],
    ["__proto__", "81a95f5f70726f746f5f5f01", JSON.parse('{"__proto__":1}')],
    ["a timestamp of 32 bits", "d6ff65920080", "2024-01-01T00:00:00Z"],
    ["a timestamp of 64 bits", "d7ff7735940065920080", "2024-01-01T00:00:00.500000Z"],
    ["a timestamp of 96 bits", "c70cff00000000ffffffffffffffff", "1969-12-31T23:59:59Z"],
    ["another extension", "d4057f", { extension: 5, base64: "fw==" }],
    ["a timestamp of no known size", "d4ff7f", { extension: -1, base64: "fw==" }],
    ["not a number", "cb7ff8000000000000", "NaN"],
    ["an int64", "cf7fffffffffffffff", "9223372036854775807"],
  ])("reads %s", (_name, text, json) => {
    expect(msgpackJson(decodeMsgpack(bytes(text)))).toEqual(json);
  });

  it.each([
    ["nothing", "", "the bytes end within a value"],
    ["a map cut short", "82a161", "the bytes end within a value"],
    ["an array that claims 4 billion items", "ddffffffff01", "the bytes end within a value"],
    ["a byte that begins nothing", "c1", "0xc1 begins no value"],
    ["a second value", "0101", "there are bytes after the value"],
    ["1000 nested arrays", "91".repeat(1000), "nested more than 500 levels deep"],
  ])("throws for %s", (_name, text, message) => {
    expect(() => decodeMsgpack(bytes(text))).toThrow(message);
  });

  const { value } = fc.letrec<{ value: Msgpack }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constant(null),
      fc.boolean(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
      fc.double(),
      fc.string({ unit: "grapheme" }),
      fc.uint8Array(),
      fc.array(tie("value")),
      fc.array(fc.tuple(fc.string(), tie("value"))).map((entries) => new Map(entries)),
    ),
  }));

  it("reads whatever was written", () => {
    fc.assert(fc.property(value, (each) => expect(decodeMsgpack(encodeMsgpack(each))).toEqual(each)));
  });

  it("throws nothing but RangeErrors for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (each) => {
        try {
          msgpackJson(decodeMsgpack(each));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
