import { didYouMean, nearestNames } from "./nearest.ts";

describe("nearestNames", () => {
  it.each<[string, string[], string[]]>([
    ["etl.laod", ["etl.load", "etl.drop", "train"], ["etl.load"]],
    ["add", ["seed.add", "other.add", "added", "remove"], ["other.add", "seed.add", "added"]],
    ["ADD", ["add"], ["add"]],
    ["seed.add.v1", ["seed.add"], ["seed.add"]],
    ["zzzzzz", ["etl.load", "train"], []],
    ["ab", ["ab1", "ab2", "ab3", "ab4"], ["ab1", "ab2", "ab3"]],
    ["same", ["same", "same"], ["same"]],
    ["", ["a", "abc"], ["a"]],
    ["x", [], []],
  ])("of %j among %j are %j", (name, candidates, near) => {
    expect(nearestNames(name, candidates)).toEqual(near);
  });

  it("are at most as many as asked for", () => {
    expect(nearestNames("ab", ["ab1", "ab2", "ab3"], 1)).toEqual(["ab1"]);
  });
});

describe("didYouMean", () => {
  it.each<[string[], string]>([
    [["train"], ' Did you mean "train"?'],
    [["train", "brian"], ' Did you mean "brian" or "train"?'],
    [["etl.load"], ""],
  ])("among %j says %j", (candidates, text) => {
    expect(didYouMean("trian", candidates)).toBe(text);
  });
});
