import { matchesGlob } from "./matches-glob.ts";
import { guessModes } from "./pick-mode.ts";
import { requiredTexts } from "./required-texts.ts";

it.each([
  ["def .*retry", ["retry"]],
  ["Cron\\(|Schedule", ["Cron(", "Schedule"]],
  ["retries?=", ["retrie"]],
  ["(?:abc|def)ghij", ["ghij"]],
  ["[abc]lmn{2}opq", ["opq"]],
  ["flyte\\.map\\w+", ["flyte.map"]],
])("finds what lines with %s must have", (pattern, texts) => {
  expect(requiredTexts(pattern)).toEqual(texts);
});

it.each(["a|b", "\\w+", "(abc)*", "abc|x", "(?i)abc", "\\Qabc\\E", "abc|"])(
  "knows nothing of %s",
  (pattern) => {
    expect(requiredTexts(pattern)).toBeUndefined();
  },
);

it.each([
  ["cron schedule", ["text"]],
  ["TaskEnvironment", ["text"]],
  ["How do I run a task?", ["text"]],
  ["retry (backoff)", ["literal", "text"]],
  ["flyte.map(", ["literal", "text"]],
  ["def \\w+", ["regex", "literal", "text"]],
  ["Cron|Schedule", ["regex", "literal", "text"]],
  ["^import", ["regex", "literal", "text"]],
  ["retries?", ["regex", "literal", "text"]],
  ["f[0-9]", ["regex", "literal", "text"]],
  ["[Ss]lack", ["regex", "literal", "text"]],
  ["list[str]", ["literal", "text"]],
  ["rows[0]", ["literal", "text"]],
  ["what are retries?", ["text"]],
])("takes %s for %j", (pattern, modes) => {
  expect(guessModes(pattern)).toEqual(modes);
});

it.each([
  ["apps/a.py", "apps", true],
  ["apps/a.py", "/apps/", true],
  ["apps/a.py", "*.py", true],
  ["apps/a.py", "apps/*.md", false],
  ["apps/deep/a.py", "apps/*.py", true],
  ["apps/a.py", "APPS", true],
  ["apps/a.py", "b", false],
])("%s against the filter %s is %s", (path, filter, expected) => {
  expect(matchesGlob(path, filter)).toBe(expected);
});

it("takes no time for a filter of many stars", () => {
  const began = performance.now();
  expect(matchesGlob("a".repeat(4_000), `${"*a".repeat(99)}b`)).toBe(false);
  expect(performance.now() - began).toBeLessThan(500);
});
