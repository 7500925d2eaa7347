import { nearWords } from "./near-words.ts";
import { splitWords } from "./split-words.ts";
import { stem } from "./stem.ts";

it.each([
  ["retry retries retried retrying", "retri"],
  ["cache caches cached caching", "cach"],
  ["map maps mapped mapping mapper", "map"],
  ["schedule scheduled scheduling scheduler", "schedul"],
  ["notify notification notifications notifies", "notifi"],
  ["configure configuration configured", "configur"],
])("takes %s for one word", (words, expected) => {
  expect(words.split(" ").map(stem)).toEqual(words.split(" ").map(() => expected));
});

it.each(["class", "s3", "gpu", "bus"])("leaves %s alone", (word) => {
  expect(stem(word)).toBe(word);
});

it.each([
  ["RetryStrategy", ["retri", "strategi", "retrystrategy"]],
  ["max_queued_time", ["max", "queu", "tim", "maxqueuedtime"]],
  ["HTTPServer2", ["http", "server2", "httpserver2"]],
  ["größe", ["größ"]],
  ["x + y", []],
])("splits %s", (text, terms) => {
  expect(splitWords(text)).toEqual(terms);
});

it("has no terms for what is no word", () => {
  expect(splitWords("a".repeat(41))).toEqual([]);
});

describe("nearWords", () => {
  const near = (word: string) =>
    nearWords(word, ["schedul", "secret", "stream", "steam", "cron"], (term) => term.length);
  it.each([
    ["shedul", ["schedul"]],
    ["scehdul", ["schedul"]],
    ["schedulx", ["schedul"]],
    ["strea", ["stream"]],
    ["xyzzy", []],
    ["cro", []],
  ])("of %s are %j", (word, expected) => {
    expect(near(word)).toEqual(expected);
  });

  it("come with the most common first", () => {
    expect(near("streem")).toEqual(["stream"]);
    expect(near("steaam")).toEqual(["steam"]);
  });
});
