import { readAnswer } from "./read-answer.ts";
import type { Answer, Given } from "./read-answer.ts";
import type { ValueType } from "./value-types.ts";

const ACCEPTED: [ValueType, Given, Answer["value"]][] = [
  ["bool", true, true],
  ["bool", " Yes ", true],
  ["bool", "T", true],
  ["bool", "1", true],
  ["bool", "no", false],
  ["bool", "FALSE", false],
  ["int", 3, 3n],
  ["int", 3.0, 3n],
  ["int", " -7 ", -7n],
  ["int", "+7", 7n],
  ["int", "9007199254740993", 9007199254740993n],
  ["int", "-9223372036854775808", -9223372036854775808n],
  ["float", 3, 3],
  ["float", "0.5", 0.5],
  ["float", "-1e3", -1000],
  ["str", "blue", "blue"],
  ["str", "", ""],
  ["str", 5, "5"],
  ["str", true, "true"],
];

it.each(ACCEPTED)("reads for %s from %j the value %p", (type, given, value) => {
  expect(readAnswer(type, given)?.value).toBe(value);
});

const REFUSED: [ValueType, Given][] = [
  ["bool", 1],
  ["bool", 0],
  ["bool", "maybe"],
  ["bool", ""],
  ["int", true],
  ["int", 0.5],
  ["int", 2 ** 60],
  ["int", "1.0"],
  ["int", "9223372036854775808"],
  ["int", ""],
  ["float", false],
  ["float", "Infinity"],
  ["float", "0x10"],
  ["float", ""],
  ["float", "one"],
];

it.each(REFUSED)("refuses for %s %j", (type, given) => {
  expect(readAnswer(type, given)).toBeUndefined();
});

it("writes each type into the field that Flyte wants for it", () => {
  expect((["bool", "int", "float", "str"] as const).map((type) => readAnswer(type, "1")?.case)).toEqual([
    "boolValue",
    "intValue",
    "floatValue",
    "stringValue",
  ]);
});
