import { createRunName, runNameInput } from "./run-name.ts";

it("makes names that Flyte takes, and never the same twice", () => {
  const names = Array.from({ length: 100 }, createRunName);
  expect(new Set(names).size).toBe(100);
  names.forEach((name) => expect(name).toMatch(/^r[a-z0-9]{19}$/));
});

it.each([
  ["my-run-1", true],
  ["a", true],
  ["My_run", false],
  ["1run", false],
  ["run-", false],
  ["a".repeat(30), true],
  ["a".repeat(31), false],
])("of %s says %s", (name, isValid) => {
  expect(runNameInput.safeParse(name).success).toBe(isValid);
});
