import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { isoTime } from "./time.ts";

const time = (seconds: bigint, nanos: number) => create(TimestampSchema, { seconds, nanos });

describe("isoTime", () => {
  it("is RFC 3339 in UTC with milliseconds", () => {
    expect(isoTime(time(1_700_000_000n, 123_999_999))).toBe("2023-11-14T22:13:20.123Z");
  });

  it("is undefined for a time that is not set", () => {
    expect([isoTime(undefined), isoTime(time(0n, 0))]).toEqual([undefined, undefined]);
  });

  it("goes below the epoch", () => {
    expect(isoTime(time(-1n, 500_000_000))).toBe("1969-12-31T23:59:59.500Z");
  });
});
