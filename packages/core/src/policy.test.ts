import { isAppAllowed, isTaskAllowed, isTriggerAllowed } from "./policy.ts";

describe("the forms of an entry", () => {
  const task = { domain: "d", project: "p", name: "etl.load" };

  it.each([
    ["etl.load", true],
    ["p/etl.load", true],
    ["d/p/etl.load", true],
    ["q/etl.load", false],
    ["e/p/etl.load", false],
    ["p/d/etl.load", false],
    ["load", false],
    ["etl.*", false],
    ["ETL.load", false],
    ["", false],
  ])("task entry %s allows d/p/etl.load: %s", (entry, isAllowed) => {
    expect(isTaskAllowed({ tasks: [entry] }, task)).toBe(isAllowed);
  });

  it("a task whose name has a slash is only meant by the full form", () => {
    const odd = { domain: "d", project: "p", name: "q/x" };
    expect(isTaskAllowed({ tasks: ["q/x", "p/q/x"] }, odd)).toBe(false);
    expect(isTaskAllowed({ tasks: ["d/p/q/x"] }, odd)).toBe(true);
  });

  it.each([
    ["nightly", true],
    ["etl.load/nightly", true],
    ["etl.drop/nightly", false],
    ["etl.load", false],
  ])("trigger entry %s allows etl.load/nightly: %s", (entry, isAllowed) => {
    expect(isTriggerAllowed({ triggers: [entry] }, { taskName: "etl.load", name: "nightly" })).toBe(
      isAllowed,
    );
  });

  it("a trigger whose name has a slash is not meant by another's full form", () => {
    const odd = { taskName: "other", name: "etl.load/nightly" };
    expect(isTriggerAllowed({ triggers: ["etl.load/nightly"] }, odd)).toBe(false);
  });

  it("no list allows all, an empty one none", () => {
    const name = { taskName: "etl.load", name: "nightly" };
    const all = [isTaskAllowed({}, task), isAppAllowed({}, "shop"), isTriggerAllowed({}, name)];
    const none = [
      isTaskAllowed({ tasks: [] }, task),
      isAppAllowed({ apps: [] }, "shop"),
      isTriggerAllowed({ triggers: [] }, name),
    ];
    expect(all).toEqual([true, true, true]);
    expect(none).toEqual([false, false, false]);
  });
});
