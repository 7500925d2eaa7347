import { create, fromJson, toJson } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import { toLiteral } from "../to-literal.ts";

const listOfInt = fromJson(LiteralTypeSchema, { collectionType: { simple: "INTEGER" } });
const listOfLists = fromJson(LiteralTypeSchema, {
  collectionType: { collectionType: { simple: "INTEGER" } },
});
const listOfErrors = fromJson(LiteralTypeSchema, { collectionType: { simple: "ERROR" } });

describe("list", () => {
  it("writes its items in order", () => {
    const result = toLiteral(listOfInt, [1, "2"], "xs");
    expect(result.ok && toJson(LiteralSchema, result.value)).toEqual({
      collection: {
        literals: [{ scalar: { primitive: { integer: "1" } } }, { scalar: { primitive: { integer: "2" } } }],
      },
    });
  });

  it("names every bad item by its place", () => {
    expect(toLiteral(listOfLists, [[1, "a"], 2, [true]], "xs")).toEqual({
      ok: false,
      problems: [
        { path: "xs[0][1]", message: 'expected an integer, got "a"' },
        { path: "xs[1]", message: "expected an array, got 2" },
        { path: "xs[2][0]", message: "expected an integer, got true" },
      ],
    });
  });

  it.each([
    [{}, "expected an array, got an object"],
    ["[1]", 'expected an array, got "[1]"'],
    [null, "expected an array, got null"],
  ])("refuses %p", (json, message) => {
    expect(toLiteral(listOfInt, json, "xs")).toEqual({ ok: false, problems: [{ path: "xs", message }] });
  });

  it("refuses items that cannot be given, yet takes an empty list of them", () => {
    const message = "type Error cannot be given as JSON";
    expect(toLiteral(listOfErrors, ["boom"], "xs")).toEqual({
      ok: false,
      problems: [{ path: "xs[0]", message }],
    });
    expect(toLiteral(listOfErrors, [], "xs").ok).toBe(true);
  });

  it("reports every item that cannot be read", () => {
    const good = { scalar: { primitive: { integer: "1" } } };
    const literal = fromJson(LiteralSchema, { collection: { literals: [{}, good, {}] } });
    expect(fromLiteral(literal, listOfInt, "xs")).toEqual({
      ok: false,
      problems: [
        { path: "xs[0]", message: "the literal holds no value" },
        { path: "xs[2]", message: "the literal holds no value" },
      ],
    });
  });

  it("reads an empty list without being told the type", () => {
    const literal = create(LiteralSchema, { value: { case: "collection", value: {} } });
    expect(fromLiteral(literal)).toEqual({ ok: true, value: [] });
  });
});
