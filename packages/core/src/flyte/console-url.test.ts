import { createConsoleUrl } from "./console-url.ts";

const place = { project: "p", domain: "d" };

describe("createConsoleUrl", () => {
  const consoleUrl = createConsoleUrl("https://flyte.example");

  it("makes a page of each kind", () => {
    expect(consoleUrl({ ...place, kind: "runs", path: ["r1"] })).toBe(
      "https://flyte.example/v2/domain/d/project/p/runs/r1",
    );
    expect(consoleUrl({ ...place, kind: "runs", path: ["r1"], action: "a0" })).toBe(
      "https://flyte.example/v2/domain/d/project/p/runs/r1?i=a0",
    );
    expect(consoleUrl({ ...place, kind: "triggers", path: ["etl.load", "nightly"] })).toBe(
      "https://flyte.example/v2/domain/d/project/p/triggers/etl.load/nightly",
    );
    expect(consoleUrl({ ...place, kind: "apps", path: [] })).toBe(
      "https://flyte.example/v2/domain/d/project/p/apps",
    );
  });

  it("encodes every part, so that no name leads to another page", () => {
    const page = {
      project: "a/b",
      domain: "d?x",
      kind: "tasks" as const,
      path: ["../c d#e"],
      action: "a&b=1",
    };
    expect(consoleUrl(page)).toBe(
      "https://flyte.example/v2/domain/d%3Fx/project/a%2Fb/tasks/..%2Fc%20d%23e?i=a%26b%3D1",
    );
  });

  it.each(["//", "/v2", "/v2/", ""])("takes a base with %j at its end", (end) => {
    const url = createConsoleUrl(`https://flyte.example${end}`)({ ...place, kind: "runs", path: ["r1"] });
    expect(url).toBe("https://flyte.example/v2/domain/d/project/p/runs/r1");
  });

  it("makes none where the console is unknown", () => {
    expect(createConsoleUrl(undefined)({ ...place, kind: "runs", path: ["r1"] })).toBeUndefined();
  });
});
