import { fromJson } from "@bufbuild/protobuf";
import type { JsonValue } from "@bufbuild/protobuf";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { toLiteral } from "./to-literal.ts";

function problems(type: JsonValue, json: unknown) {
  const result = toLiteral(fromJson(LiteralTypeSchema, type), json, "a");
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path}: ${message}`);
}

const int = (metadata: { [key: string]: JsonValue }) => ({ simple: "INTEGER", metadata });
const float = (metadata: { [key: string]: JsonValue }) => ({ simple: "FLOAT", metadata });
const str = (metadata: { [key: string]: JsonValue }) => ({ simple: "STRING", metadata });
const list = (metadata: { [key: string]: JsonValue }) => ({
  collectionType: { simple: "INTEGER" },
  metadata,
});
const map = (metadata: { [key: string]: JsonValue }) => ({ mapValueType: { simple: "INTEGER" }, metadata });

describe("bounds of Annotated", () => {
  it.each<[JsonValue, unknown]>([
    [int({ minimum: 1, maximum: 10 }), 10],
    [int({ exclusiveMinimum: 0 }), 1],
    [float({ multipleOf: 0.1 }), 0.3],
    [str({ minLength: 2, maxLength: 2 }), "🚀🚀"],
    [str({ pattern: "^[a-z]+$" }), "ab"],
    [str({ pattern: "(?P<name>a)" }), "b"],
    [str({ pattern: "\\Aa\\-\\Z" }), "b"],
    [str({ pattern: "^\\d\\-\\d$" }), "1-2"],
    [list({ minItems: 1, maxItems: 2, uniqueItems: true }), [1, 2]],
    [map({ minProperties: 1 }), { a: 1 }],
    [{ simple: "STRUCT", metadata: { maxProperties: 1 } }, { a: 1 }],
    [{ simple: "DURATION", metadata: { description: "Free text" } }, 5],
  ])("of %j let %j pass", (type, json) => {
    expect(problems(type, json)).toEqual([]);
  });

  it.each<[JsonValue, unknown, string]>([
    [int({ maximum: 10 }), 99, "must be at most 10, got 99"],
    [int({ maximum: 10 }), "99", "must be at most 10, got 99"],
    [int({ minimum: 1 }), 0, "must be at least 1, got 0"],
    [int({ exclusiveMinimum: 0 }), 0, "must be greater than 0, got 0"],
    [float({ exclusiveMaximum: 1 }), 1, "must be less than 1, got 1"],
    [float({ maximum: 1 }), "NaN", "must be at most 1, got NaN"],
    [int({ multipleOf: 5 }), 7, "must be a multiple of 5, got 7"],
    [str({ minLength: 2 }), "a", "must have at least 2 characters, got 1"],
    [str({ maxLength: 1 }), "ab", "must have at most 1 character, got 2"],
    [str({ pattern: "^[a-z]+$" }), "A", "must match ^[a-z]+$"],
    [str({ pattern: "^\\d\\-\\d$" }), "1+2", "must match ^\\d\\-\\d$"],
    [list({ maxItems: 2 }), [1, 2, 3], "must have at most 2 items, got 3"],
    [list({ uniqueItems: true }), [1, 1], "must not have the same item twice"],
    [map({ minProperties: 1 }), {}, "must have at least 1 property, got 0"],
    [
      { simple: "STRUCT", metadata: { maxProperties: 1 } },
      { a: 1, b: 2 },
      "must have at most 1 property, got 2",
    ],
    [
      { unionType: { variants: [int({ exclusiveMinimum: 0 }), { simple: "NONE" }] } },
      0,
      "must be greater than 0, got 0",
    ],
  ])("of %j refuse %j", (type, json, message) => {
    expect(problems(type, json)).toEqual([`a: ${message}`]);
  });

  it("are all reported", () => {
    expect(problems(str({ minLength: 2, pattern: "^[a-z]+$" }), "A")).toEqual([
      "a: must have at least 2 characters, got 1",
      "a: must match ^[a-z]+$",
    ]);
  });
});
