import { create } from "@bufbuild/protobuf";
import { ScheduleSchema } from "@flyte-mcp/idl/task/common";
import { cronError } from "./cron.ts";

const errorOf = (expression: string, timezone = "") =>
  cronError(create(ScheduleSchema, { expression: { case: "cron", value: { expression, timezone } } }));

it.each(["0 3 * * *", "*/5 0-6 1,15 JAN-MAR mon", "? * * * ?", "@daily", "@every 1h30m"])(
  "accepts %s",
  (expression) => {
    expect(errorOf(expression, "Europe/Berlin")).toBeUndefined();
  },
);

it("accepts a rate", () => {
  expect(
    cronError(create(ScheduleSchema, { expression: { case: "rate", value: { value: 1 } } })),
  ).toBeUndefined();
});

it.each([
  ["not cron", 'invalid cron expression "not cron": expected exactly 5 fields, found 2: [not cron]'],
  ["60 * * * *", 'invalid cron expression "60 * * * *": end of range (60) above maximum (59): 60'],
  ["* * 0 * *", 'invalid cron expression "* * 0 * *": beginning of range (0) below minimum (1): 0'],
  [
    "* 5-2 * * *",
    'invalid cron expression "* 5-2 * * *": beginning of range (5) beyond end of range (2): 5-2',
  ],
  ["*/0 * * * *", 'invalid cron expression "*/0 * * * *": step of range should be a positive number: */0'],
  [
    "x * * * *",
    'invalid cron expression "x * * * *": failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax',
  ],
  ["@never", 'invalid cron expression "@never": unrecognized descriptor: @never'],
])("refuses %s", (expression, message) => {
  expect(errorOf(expression)).toBe(message);
});

it("refuses a time zone that does not exist", () => {
  expect(errorOf("0 3 * * *", "Mars/Base")).toBe(
    'invalid cron expression "CRON_TZ=Mars/Base 0 3 * * *": provided bad location Mars/Base: unknown time zone Mars/Base',
  );
});
