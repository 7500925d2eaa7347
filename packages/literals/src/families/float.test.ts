import { create, toJson } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema, SimpleType } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import { primitiveLiteral } from "../literal.ts";
import { toLiteral } from "../to-literal.ts";

const type = create(LiteralTypeSchema, { type: { case: "simple", value: SimpleType.FLOAT } });

function write(json: unknown) {
  const result = toLiteral(type, json, "a");
  return result.ok ? toJson(LiteralSchema, result.value) : result.problems;
}

function float(value: number | string) {
  return { scalar: { primitive: { floatValue: value } } };
}

describe("float", () => {
  it.each([
    [3, 3],
    [0.1, 0.1],
    ["1.5", 1.5],
    ["-2.", -2],
    [".5e3", 500],
    ["nan", "NaN"],
    ["NaN", "NaN"],
    ["inf", "Infinity"],
    ["+Infinity", "Infinity"],
    ["-inf", "-Infinity"],
    [-Infinity, "-Infinity"],
  ])("writes %p as %p", (json, value) => {
    expect(write(json)).toEqual(float(value));
  });

  it.each([
    ["1,5", 'expected a number, got "1,5"'],
    ["", 'expected a number, got ""'],
    ["0x10", 'expected a number, got "0x10"'],
    ["1e999", '"1e999" is out of range for a 64-bit float'],
    [true, "expected a number, got true"],
    [null, "expected a number, got null"],
    [[], "expected a number, got an array"],
  ])("refuses %p", (json, message) => {
    expect(write(json)).toEqual([{ path: "a", message }]);
  });

  it.each([
    [-0, -0],
    [1.25, 1.25],
    [NaN, "NaN"],
    [Infinity, "Infinity"],
    [-Infinity, "-Infinity"],
  ])("reads %p as %p", (value, json) => {
    expect(fromLiteral(primitiveLiteral({ case: "floatValue", value }))).toEqual({ ok: true, value: json });
  });

  it("reads an integer literal as the number it stands for", () => {
    const literal = primitiveLiteral({ case: "integer", value: 9007199254740994n });
    expect(fromLiteral(literal, type)).toEqual({ ok: true, value: 9007199254740994 });
  });
});
