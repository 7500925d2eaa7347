import { create, toJson } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema, SimpleType } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import { scalarLiteral } from "../literal.ts";
import { toLiteral } from "../to-literal.ts";

const type = create(LiteralTypeSchema, { type: { case: "simple", value: SimpleType.NONE } });

describe("none", () => {
  it("writes null", () => {
    const result = toLiteral(type, null, "a");
    expect(result.ok && toJson(LiteralSchema, result.value)).toEqual({ scalar: { noneType: {} } });
  });

  it.each([
    [0, "expected null, got 0"],
    ["", 'expected null, got ""'],
    ["null", 'expected null, got "null"'],
  ])("refuses %p", (json, message) => {
    expect(toLiteral(type, json, "a")).toEqual({ ok: false, problems: [{ path: "a", message }] });
  });

  it("reads null", () => {
    expect(fromLiteral(scalarLiteral({ case: "noneType", value: {} }), type)).toEqual({
      ok: true,
      value: null,
    });
  });
});
