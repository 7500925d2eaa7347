import { fromBinary, fromJson, toBinary, toJson } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import { toLiteral } from "../to-literal.ts";

const type = fromJson(LiteralTypeSchema, { mapValueType: { simple: "INTEGER" } });

function writtenKeys(json: unknown) {
  const result = toLiteral(type, json, "m");
  return result.ok && result.value.value.case === "map"
    ? Object.keys(result.value.value.value.literals)
    : result;
}

describe("map", () => {
  it("writes its values by key", () => {
    const result = toLiteral(type, { a: 1 }, "m");
    expect(result.ok && toJson(LiteralSchema, result.value)).toEqual({
      map: { literals: { a: { scalar: { primitive: { integer: "1" } } } } },
    });
  });

  it("writes keys in the order of the SDK, whatever order they came in", () => {
    expect(writtenKeys({ "": 1, b: 2, a: 3, ab: 4, ü: 5 })).toEqual(["ab", "a", "b", "ü", ""]);
    expect(writtenKeys({ ü: 5, ab: 4, a: 3, b: 2, "": 1 })).toEqual(["ab", "a", "b", "ü", ""]);
  });

  it("keeps keys that objects inherit, over the wire and back", () => {
    const json: unknown = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}');
    const result = toLiteral(type, json, "m");
    if (!result.ok) throw new Error("refused");
    const literal = fromBinary(LiteralSchema, toBinary(LiteralSchema, result.value));
    const read = fromLiteral(literal, type);
    expect(JSON.stringify(read)).toBe('{"ok":true,"value":{"__proto__":1,"constructor":2,"toString":3}}');
    expect(read.ok && Object.getPrototypeOf(read.value)).toBe(Object.prototype);
  });

  it("names every bad value by its key", () => {
    expect(toLiteral(type, { key: "x", "a.b": null, "\ud83d": 1 }, "m")).toEqual({
      ok: false,
      problems: [
        { path: 'm["a.b"]', message: "expected an integer, got null" },
        { path: "m.key", message: 'expected an integer, got "x"' },
        { path: 'm["\\ud83d"]', message: "the key holds half of a surrogate pair" },
      ],
    });
  });

  it.each([
    [[1], "expected an object, got an array"],
    [null, "expected an object, got null"],
    ["{}", 'expected an object, got "{}"'],
  ])("refuses %p", (json, message) => {
    expect(toLiteral(type, json, "m")).toEqual({ ok: false, problems: [{ path: "m", message }] });
  });

  it("reports a value that cannot be read", () => {
    const literal = fromJson(LiteralSchema, { map: { literals: { a: {} } } });
    expect(fromLiteral(literal, type)).toEqual({
      ok: false,
      problems: [{ path: "a", message: "the literal holds no value" }],
    });
  });
});
