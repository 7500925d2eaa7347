import { readSince } from "./read-since.ts";

const now = Date.parse("2026-11-23T12:00:00Z");

it.each([
  ["90s", "2026-11-23T11:58:30.000Z"],
  ["10m", "2026-11-23T11:50:00.000Z"],
  [" 2H ", "2026-11-23T10:00:00.000Z"],
  ["1d", "2026-11-22T12:00:00.000Z"],
  ["2026-11-23T04:57:00Z", "2026-11-23T04:57:00.000Z"],
  ["2026-11-23 04:57", "2026-11-23T04:57:00.000Z"],
  ["2026-11-23T04:57:00+02:00", "2026-11-23T02:57:00.000Z"],
  ["2026-11-23", "2026-11-23T00:00:00.000Z"],
])("reads since %s", (since, time) => {
  expect(new Date(readSince(since, now)).toISOString()).toBe(time);
});

it.each(["yesterday", "-5m", "10", "1e9s", "2026-13-40T00:00:00Z", "1999999999999"])(
  "refuses since %s and says what is accepted",
  (since) => {
    expect(() => readSince(since, now)).toThrow(
      `since: "${since}" is neither a span such as 90s, 10m, 2h, 1d nor a time such as 2026-11-23T04:57:00Z.`,
    );
  },
);
