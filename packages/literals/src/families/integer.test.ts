import { create, toJson } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema, SimpleType } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import { primitiveLiteral } from "../literal.ts";
import { toLiteral } from "../to-literal.ts";

const type = create(LiteralTypeSchema, { type: { case: "simple", value: SimpleType.INTEGER } });

function write(json: unknown) {
  const result = toLiteral(type, json, "a");
  return result.ok ? toJson(LiteralSchema, result.value) : result.problems;
}

function integer(value: string) {
  return { scalar: { primitive: { integer: value } } };
}

const range = "integer out of range: it must lie within -9223372036854775808 and 9223372036854775807";

describe("integer", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [3.0, "3"],
    [-17, "-17"],
    [9007199254740991, "9007199254740991"],
    ["5", "5"],
    ["+5", "5"],
    ["-0042", "-42"],
    ["000", "0"],
    ["9223372036854775807", "9223372036854775807"],
    ["-9223372036854775808", "-9223372036854775808"],
    [9223372036854775807n, "9223372036854775807"],
  ])("writes %p as %s", (json, value) => {
    expect(write(json)).toEqual(integer(value));
  });

  it.each([
    [3.5, "expected an integer, got 3.5"],
    [NaN, "expected an integer, got NaN"],
    ["3.0", 'expected an integer, got "3.0"'],
    ["", 'expected an integer, got ""'],
    ["0x10", 'expected an integer, got "0x10"'],
    [" 5", 'expected an integer, got " 5"'],
    [true, "expected an integer, got true"],
    [null, "expected an integer, got null"],
    [[1], "expected an integer, got an array"],
    [{}, "expected an integer, got an object"],
    [
      9007199254740992,
      "9007199254740992 is too large to be exact as a JSON number; give it as a decimal string",
    ],
    [1e300, "1e+300 is too large to be exact as a JSON number; give it as a decimal string"],
    ["9223372036854775808", range],
    ["-9223372036854775809", range],
    ["9".repeat(100_000), range],
  ])("refuses %p", (json, message) => {
    expect(write(json)).toEqual([{ path: "a", message }]);
  });

  it.each([
    [9007199254740991n, 9007199254740991],
    [9007199254740992n, "9007199254740992"],
    [-9223372036854775808n, "-9223372036854775808"],
  ])("reads %s as %p", (value, json) => {
    expect(fromLiteral(primitiveLiteral({ case: "integer", value }), type)).toEqual({
      ok: true,
      value: json,
    });
  });
});
