import { create, toJson } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema, SimpleType } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import { primitiveLiteral } from "../literal.ts";
import { toLiteral } from "../to-literal.ts";

const type = create(LiteralTypeSchema, { type: { case: "simple", value: SimpleType.BOOLEAN } });

function write(json: unknown) {
  const result = toLiteral(type, json, "a");
  return result.ok ? toJson(LiteralSchema, result.value) : result.problems;
}

describe("boolean", () => {
  it.each([
    [true, true],
    [false, false],
    ["true", true],
    ["false", false],
  ])("writes %p as %p", (json, value) => {
    expect(write(json)).toEqual({ scalar: { primitive: { boolean: value } } });
  });

  it.each([
    [1, "expected true or false, got 1"],
    ["yes", 'expected true or false, got "yes"'],
    ["True", 'expected true or false, got "True"'],
    [null, "expected true or false, got null"],
  ])("refuses %p", (json, message) => {
    expect(write(json)).toEqual([{ path: "a", message }]);
  });

  it("reads false as false", () => {
    const literal = primitiveLiteral({ case: "boolean", value: false });
    expect(fromLiteral(literal, type)).toEqual({ ok: true, value: false });
  });
});
