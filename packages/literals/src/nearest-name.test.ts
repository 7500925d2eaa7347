import { nearestName } from "./nearest-name.ts";

describe("nearestName", () => {
  it.each([
    ["lerning_rate", ["epochs", "learning_rate"], "learning_rate"],
    ["Epochs", ["epochs", "epoch"], "epochs"],
    ["y", ["x", "zz"], "x"],
    ["zz", ["x"], undefined],
    ["__proto_", ["__proto__"], "__proto__"],
    ["name", [], undefined],
    ["name", ["completely_different"], undefined],
  ])("finds for %s among %j: %s", (name, candidates, nearest) => {
    expect(nearestName(name, candidates)).toBe(nearest);
  });
});
