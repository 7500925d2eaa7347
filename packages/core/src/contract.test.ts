import { z } from "zod";
import { defineTool, defineToolGroup } from "./contract.ts";

const group = (name: string) => ({ name, description: "A group.", tools: [] });

describe("defineToolGroup", () => {
  it("returns what it is given", () => {
    const given = group("task-extras2");
    expect(defineToolGroup(given)).toBe(given);
  });

  it.each([
    ["all", '"all" is a reserved group name'],
    ["core", '"core" is a reserved group name'],
    ["Task", 'group name "Task" is not [a-z0-9-]'],
    ["a,b", 'group name "a,b" is not [a-z0-9-]'],
    ["", 'group name "" is not [a-z0-9-]'],
  ])("refuses the name %s", (name, message) => {
    expect(() => defineToolGroup(group(name))).toThrow(message);
  });
});

describe("defineTool", () => {
  it("returns what it is given", () => {
    const given = {
      name: "get_it",
      title: "Get it",
      description: "Gets it.",
      effect: "read" as const,
      input: z.object({}),
      output: z.object({}),
      run: () => Promise.resolve({}),
    };
    expect(defineTool(given)).toBe(given);
  });
});
