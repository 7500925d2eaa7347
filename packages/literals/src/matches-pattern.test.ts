import { matchesPattern } from "./matches-pattern.ts";

it.each([
  ["^[a-z]+$", "abc", true],
  ["^[a-z]+$", "ABC", false],
  ["^\\p{Lu}", "Äpfel", true],
  // Allowed without the `u` flag only.
  ["^a\\-b$", "a-b", true],
  // Python's anchors mean nothing in JavaScript, and a group of Python's is no expression here.
  ["\\Aabc\\Z", "abc", undefined],
  ["(?P<x>a)", "a", undefined],
  // Backtracks for longer than anybody waits.
  ["^(a+)+$", `${"a".repeat(60)}!`, undefined],
])("%s on %s: %s", (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});
