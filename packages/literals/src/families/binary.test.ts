import { fromJson, toJson } from "@bufbuild/protobuf";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import { toLiteral } from "../to-literal.ts";

const bytes = fromJson(LiteralTypeSchema, { simple: "BINARY" });

describe("binary", () => {
  it.each([
    ["AAH/", "AAH/"],
    ["AAH_", "AAH/"],
    [{ base64: "AA" }, "AA=="],
  ])("writes %j as %s", (json, value) => {
    const result = toLiteral(bytes, json, "a");
    expect(result.ok && toJson(LiteralSchema, result.value)).toEqual({ scalar: { binary: { value } } });
  });

  it.each([
    ["no base64!", 'expected base64, got "no base64!"'],
    ["A", 'expected base64, got "A"'],
    [{ base64: "AA", more: 1 }, "expected base64, got an object"],
    [5, "expected base64, got 5"],
  ])("refuses %j", (json, message) => {
    expect(toLiteral(bytes, json, "a")).toEqual({ ok: false, problems: [{ path: "a", message }] });
  });
});
