import { fitDiagnosis } from "./fit-diagnosis.ts";

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

it("leaves what is short as it is", () => {
  const short = { verdict: "user_code", cause: { events: [{ message: "a" }], log: ["b"] }, changes: [] };
  expect(fitDiagnosis(short)).toEqual(short);
});

it("keeps the lines and events that are nearest to the failure", () => {
  const log = Array.from({ length: 21 }, (_, index) => `${index} ${"x".repeat(300)}`);
  const events = Array.from({ length: 6 }, (_, index) => ({ message: `${index} ${"x".repeat(500)}` }));
  const { cause } = fitDiagnosis({ cause: { events, log } });
  expect(cause.log.at(-1)).toBe(log.at(-1));
  expect(cause.events.at(-1)).toEqual(events.at(-1));
  expect(cause.log.length).toBeGreaterThanOrEqual(10);
  expect(bytesOf({ cause })).toBeLessThanOrEqual(7_500);
});

it.each(["\u0000", "漢", "😀", '"'])("stays below 8 kB whatever a character of %j takes", (letter) => {
  const text = letter.repeat(1_200);
  const [log, events] = [Array.from({ length: 21 }, () => text), Array.from({ length: 6 }, () => ({ text }))];
  const fitted = fitDiagnosis({ cause: { events, log, error: { message: text } }, changes: [text, text] });
  expect(bytesOf(fitted)).toBeLessThanOrEqual(8_000);
  expect(fitted.cause.error.message).toMatch(new RegExp(`^${letter}`));
});
