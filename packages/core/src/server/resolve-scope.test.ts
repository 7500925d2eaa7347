import { resolveScope } from "./resolve-scope.ts";

describe("resolveScope", () => {
  it("takes arguments before settings", () => {
    const flyte = { defaults: { org: "o", project: "p", domain: "d" } };
    expect(resolveScope({ project: "q" }, flyte)).toEqual({ org: "o", project: "q", domain: "d" });
    expect(resolveScope({ domain: "e" }, flyte)).toEqual({ org: "o", project: "p", domain: "e" });
  });

  it("leaves an organization that nobody names empty", () => {
    expect(resolveScope({ project: "p", domain: "d" }, { defaults: {} })).toEqual({
      org: "",
      project: "p",
      domain: "d",
    });
  });

  it.each([
    [{}, "No project and no domain is given, and none is configured."],
    [{ project: "p" }, "No domain is given, and none is configured."],
    [{ domain: "d" }, "No project is given, and none is configured."],
  ])("names what is missing beside %j", (args, message) => {
    expect(() => resolveScope(args, { defaults: {} })).toThrow(message);
  });
});
