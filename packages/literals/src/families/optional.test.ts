import { fromJson, toJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import { toLiteral } from "../to-literal.ts";

const none = { simple: "NONE", structure: { tag: "none" } };
const int = { simple: "INTEGER", structure: { tag: "int" } };
const five = { scalar: { primitive: { integer: "5" } } };
const noon = { scalar: { primitive: { datetime: "2024-01-01T12:00:00Z" } } };

function optional(...variants: JsonValue[]) {
  return fromJson(LiteralTypeSchema, { unionType: { variants } });
}

function write(type: ReturnType<typeof optional>, json: unknown) {
  const result = toLiteral(type, json, "a");
  return result.ok ? toJson(LiteralSchema, result.value) : result.problems;
}

function read(literal: JsonValue, type = optional(int, none)) {
  return fromLiteral(fromJson(LiteralSchema, literal), type);
}

describe("optional", () => {
  it("writes a value with the declared variant and its tag", () => {
    expect(write(optional(int, none), 5)).toEqual({ scalar: { union: { type: int, value: five } } });
  });

  it("writes null as the none variant, in either order of the variants", () => {
    const expected = { scalar: { union: { type: none, value: { scalar: { noneType: {} } } } } };
    expect(write(optional(int, none), null)).toEqual(expected);
    expect(write(optional(none, int), null)).toEqual(expected);
  });

  it("leaves constraints out of the variant it names, as the SDK does", () => {
    const atMost = { ...int, metadata: { maximum: 10 } };
    expect(write(optional(atMost, none), 5)).toEqual({ scalar: { union: { type: int, value: five } } });
  });

  it("reports a bad value as the inner type does", () => {
    expect(write(optional(int, none), "x")).toEqual([{ path: "a", message: 'expected an integer, got "x"' }]);
  });

  it("takes null, and only null, for a type that cannot be given", () => {
    const error = { simple: "ERROR", structure: { tag: "error" } };
    expect(write(optional(error, none), null)).toEqual({
      scalar: { union: { type: none, value: { scalar: { noneType: {} } } } },
    });
    expect(write(optional(error, none), "boom")).toEqual([
      { path: "a", message: "type Error cannot be given as JSON" },
    ]);
  });

  it.each([
    ["a wrapped value", { scalar: { union: { type: int, value: five } } }, 5],
    ["a variant without a tag", { scalar: { union: { type: { simple: "INTEGER" }, value: five } } }, 5],
    ["a bare value", five, 5],
    ["a bare null", { scalar: { noneType: {} } }, null],
  ])("reads %s", (_name, literal, json) => {
    expect(read(literal)).toEqual({ ok: true, value: json });
  });

  it("reads a date as a date, known by the tag alone", () => {
    const type = { simple: "DATETIME", structure: { tag: "date" } };
    expect(read({ scalar: { union: { type, value: noon } } })).toEqual({ ok: true, value: "2024-01-01" });
  });

  it("reports a union without a value", () => {
    expect(read({ scalar: { union: { type: int } } })).toEqual({
      ok: false,
      problems: [{ path: "", message: "the literal's union holds no value" }],
    });
  });
});
