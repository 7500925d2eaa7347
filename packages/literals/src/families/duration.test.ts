import { create, toJson } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { LiteralSchema } from "@flyte-mcp/idl/core/literals";
import { LiteralTypeSchema, SimpleType } from "@flyte-mcp/idl/core/types";
import { fromLiteral } from "../from-literal.ts";
import { primitiveLiteral } from "../literal.ts";
import { toLiteral } from "../to-literal.ts";

const type = create(LiteralTypeSchema, { type: { case: "simple", value: SimpleType.DURATION } });

function write(json: unknown) {
  const result = toLiteral(type, json, "a");
  return result.ok ? toJson(LiteralSchema, result.value) : result.problems;
}

function refusal(text: string) {
  const forms = "seconds as a number, 90s, 1h30m, PT1H30M or 01:30:00";
  return [{ path: "a", message: `expected a duration (${forms}), got ${text}` }];
}

describe("duration", () => {
  it.each([
    [0, "0s"],
    [-0, "0s"],
    [90, "90s"],
    [1.5, "1.500s"],
    [-1.5, "-1.500s"],
    [-0.5, "-0.500s"],
    [1e-6, "0.000001s"],
    [1e-9, "0.000000001s"],
    [1.000000001, "1.000000001s"],
    [1000000000.1, "1000000000.100s"],
    ["90", "90s"],
    ["90s", "90s"],
    ["-90s", "-90s"],
    ["1h30m", "5400s"],
    ["1.5h", "5400s"],
    ["1d2h3m4s5ms6us7ns", "93784.005006007s"],
    ["2w", "1209600s"],
    ["5µs", "0.000005s"],
    ["PT1H30M", "5400s"],
    ["-PT0.5S", "-0.500s"],
    ["P1DT2H", "93600s"],
    ["P2W", "1209600s"],
    ["01:30:00", "5400s"],
    ["-00:00:01.5", "-1.500s"],
    ["100:00:00", "360000s"],
  ])("writes %p as %s", (json, value) => {
    expect(write(json)).toEqual({ scalar: { primitive: { duration: value } } });
  });

  it.each(["", "-", "s", "P", "PT", "P1Y", "P1M", "1h30", "1:30", "00:60:00", "1x", "1h 30m", "1e3", "--1s"])(
    "refuses the text %p",
    (json) => {
      expect(write(json)).toEqual(refusal(JSON.stringify(json)));
    },
  );

  it("refuses other JSON", () => {
    expect(write(null)).toEqual(refusal("null"));
    expect(write(true)).toEqual(refusal("true"));
    expect(write(NaN)).toEqual(refusal("NaN"));
    expect(write("1".repeat(101))).toEqual(refusal(`"${"1".repeat(56)}...`));
  });

  it.each([1e12, -1e12, Infinity, 1e300])("refuses %p, which the wire cannot hold", (json) => {
    expect(write(json)).toEqual([{ path: "a", message: `${json} is out of range: at most 10000 years` }]);
  });

  it.each([
    [5400n, 0, 5400],
    [1n, 1, 1.000000001],
    [0n, -500_000_000, -0.5],
    [-1n, -500_000_000, -1.5],
    [0n, 0, 0],
  ])("reads %s s and %s ns as %p seconds", (seconds, nanos, json) => {
    const value = create(DurationSchema, { seconds, nanos });
    expect(fromLiteral(primitiveLiteral({ case: "duration", value }))).toEqual({ ok: true, value: json });
  });
});
