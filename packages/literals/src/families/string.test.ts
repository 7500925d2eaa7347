import { create, toJson } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema, SimpleType } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import { primitiveLiteral } from "../literal.ts";
import { toLiteral } from "../to-literal.ts";

const type = create(LiteralTypeSchema, { type: { case: "simple", value: SimpleType.STRING } });

function write(json: unknown) {
  const result = toLiteral(type, json, "a");
  return result.ok ? toJson(LiteralSchema, result.value) : result.problems;
}

describe("string", () => {
  it.each(["", "ä🚀", "true", "null", "5", "a\u0000b"])("writes %p as it is", (json) => {
    // protojson leaves an empty text in a oneof in place.
    expect(write(json)).toEqual({ scalar: { primitive: { stringValue: json } } });
  });

  it.each([
    [5, "expected a string, got 5"],
    [false, "expected a string, got false"],
    [null, "expected a string, got null"],
    [["a"], "expected a string, got an array"],
    [{ a: 1 }, "expected a string, got an object"],
    ["\ud83d", "the string holds half of a surrogate pair"],
  ])("refuses %p", (json, message) => {
    expect(write(json)).toEqual([{ path: "a", message }]);
  });

  it("reads text as it is", () => {
    const literal = primitiveLiteral({ case: "stringValue", value: "123" });
    expect(fromLiteral(literal, type)).toEqual({ ok: true, value: "123" });
  });
});
