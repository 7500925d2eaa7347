import { create, toJson } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema, SimpleType } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import { primitiveLiteral } from "../literal.ts";
import { toLiteral } from "../to-literal.ts";

const type = create(LiteralTypeSchema, { type: { case: "simple", value: SimpleType.DATETIME } });

function write(json: unknown) {
  const result = toLiteral(type, json, "a");
  return result.ok ? toJson(LiteralSchema, result.value) : result.problems;
}

function refusal(text: string) {
  const forms = "2024-02-29T12:30:45Z, with an offset, without one (UTC), or 2024-02-29";
  return [{ path: "a", message: `expected a date and time such as ${forms}; got ${text}` }];
}

describe("datetime", () => {
  it.each([
    ["2024-02-29T12:30:45Z", "2024-02-29T12:30:45Z"],
    ["2024-02-29t12:30:45z", "2024-02-29T12:30:45Z"],
    ["2024-02-29 12:30", "2024-02-29T12:30:00Z"],
    ["2024-02-29", "2024-02-29T00:00:00Z"],
    ["2024-02-29T12:00:00+05:30", "2024-02-29T06:30:00Z"],
    ["2024-02-29T23:00:00-0800", "2024-03-01T07:00:00Z"],
    ["2024-02-29T23:00:00-08", "2024-03-01T07:00:00Z"],
    ["2024-02-29T12:30:45.5", "2024-02-29T12:30:45.500Z"],
    ["2024-02-29T12:30:45.123456789Z", "2024-02-29T12:30:45.123456789Z"],
    ["1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"],
    ["0001-01-01", "0001-01-01T00:00:00Z"],
    ["9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"],
  ])("writes %s as %s", (json, value) => {
    expect(write(json)).toEqual({ scalar: { primitive: { datetime: value } } });
  });

  it.each([
    "2023-02-29",
    "2024-02-30T00:00:00Z",
    "2024-13-01",
    "2024-00-10",
    "2024-04-31",
    "0000-01-01",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
  ])("refuses %s, which does not exist", (json) => {
    const message = `"${json}" does not exist or is out of range`;
    expect(write(json)).toEqual([{ path: "a", message }]);
  });

  it.each([
    "",
    "now",
    "2024-2-9",
    "20240229",
    "2024-02-29T",
    "2024-02-29T24:00:00Z",
    "2024-02-29T12:60:00Z",
    "2024-02-29T12:30:60Z",
    "2024-02-29T12Z",
    "2024-02-29T12:30:45+25:00",
    "2024-02-29T12:30:45.1234567891Z",
    "2024-02-29Z",
    "-024-02-29",
  ])("refuses the text %p", (json) => {
    expect(write(json)).toEqual(refusal(JSON.stringify(json)));
  });

  it("refuses other JSON", () => {
    expect(write(1709209845)).toEqual(refusal("1709209845"));
    expect(write(null)).toEqual(refusal("null"));
  });

  it.each([
    [1709209845n, 0, "2024-02-29T12:30:45Z"],
    [1709209845n, 1000, "2024-02-29T12:30:45.000001Z"],
    [1709209845n, 1, "2024-02-29T12:30:45.000000001Z"],
    [-1n, 500_000_000, "1969-12-31T23:59:59.500000Z"],
  ])("reads %s s and %s ns as %s", (seconds, nanos, json) => {
    const value = create(TimestampSchema, { seconds, nanos });
    expect(fromLiteral(primitiveLiteral({ case: "datetime", value }))).toEqual({ ok: true, value: json });
  });

  it.each([
    [2n ** 62n, 0],
    [0n, -1],
    [0n, 1_000_000_000],
  ])("reports the invalid timestamp of %s s and %s ns", (seconds, nanos) => {
    const value = create(TimestampSchema, { seconds, nanos });
    expect(fromLiteral(primitiveLiteral({ case: "datetime", value }), type, "when")).toEqual({
      ok: false,
      problems: [{ path: "when", message: "the literal holds an invalid timestamp" }],
    });
  });
});
