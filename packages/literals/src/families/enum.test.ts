import { fromJson, toJson } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { toLiteral } from "../to-literal.ts";

const color = fromJson(LiteralTypeSchema, { enumType: { values: ["RED", "GREEN", "BLUE"] } });
const many = fromJson(LiteralTypeSchema, {
  enumType: { values: Array.from({ length: 25 }, (_x, i) => `M${i}`) },
});

describe("enum", () => {
  it("writes the name of a member", () => {
    const result = toLiteral(color, "BLUE", "a");
    expect(result.ok && toJson(LiteralSchema, result.value)).toEqual({
      scalar: { primitive: { stringValue: "BLUE" } },
    });
  });

  it.each([
    ["deep-blue", 'expected one of RED, GREEN, BLUE; got "deep-blue"'],
    ["green", 'expected one of RED, GREEN, BLUE; got "green", did you mean GREEN?'],
    [1, "expected one of RED, GREEN, BLUE; got 1"],
    [null, "expected one of RED, GREEN, BLUE; got null"],
  ])("refuses %j, and names the members", (json, message) => {
    expect(toLiteral(color, json, "a")).toEqual({ ok: false, problems: [{ path: "a", message }] });
  });

  it("names no more than twenty members", () => {
    const result = toLiteral(many, "X", "a");
    expect(result.ok ? "" : result.problems[0]?.message).toMatch(
      /^expected one of M0, .*, M19, and 5 more; got "X"/,
    );
  });
});
