import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import { limitInput, scopeInput, tokenInput } from "../inputs.ts";
import { definePrompt } from "../prompt.ts";
import { checkConventions } from "./check-conventions.ts";

const GOOD = {
  name: "list_things",
  title: "List things",
  description: "Lists things.",
  input: scopeInput.extend({ limit: limitInput, token: tokenInput }) as z.ZodObject,
};

function check(changes: Partial<typeof GOOD>): string[] {
  const tool = defineTool({
    ...GOOD,
    ...changes,
    effect: "read",
    output: z.object({}),
    run: () => Promise.resolve({}),
  });
  return checkConventions([defineToolGroup({ name: "probe", description: "Probes.", tools: [tool] })]);
}

const text = z.string().describe("A text.");
const described = (shape: z.ZodRawShape) => z.object(shape);

describe("checkConventions", () => {
  it("finds nothing against a tool that holds them", () => {
    expect(check({})).toEqual([]);
  });

  it.each<[string, Partial<typeof GOOD>, string[]]>([
    [
      "a name with capitals",
      { name: "listThings" },
      ["its name is not lower-case words joined by underscores"],
    ],
    [
      "a name with dashes",
      { name: "list-things" },
      ["its name is not lower-case words joined by underscores"],
    ],
    ["a long name", { name: `list_${"x".repeat(36)}` }, ["its name is longer than 40"]],
    ["no title", { title: "" }, ["it has no title"]],
    ["no description", { description: "" }, ["it has no description"]],
    ["a long description", { description: "x".repeat(1_001) }, ["its description is longer than 1000"]],
    [
      "a large schema",
      { input: described({ a: z.string().describe("x".repeat(4_500)) }) },
      ["its input schema is longer than 4500"],
    ],
    ["an argument without words", { input: described({ a: z.string() }) }, ["a has no description"]],
    [
      "a nested argument without words",
      { input: described({ a: z.object({ b: z.string() }).describe("A.") }) },
      ["a.b has no description"],
    ],
    [
      "one in a list",
      { input: described({ a: z.array(z.object({ b: z.string() })).describe("A.") }) },
      ["a[].b has no description"],
    ],
    [
      "a shared definition",
      { input: described({ a: z.object({ b: text }).meta({ id: "shared", description: "A." }) }) },
      ["a is a $ref"],
    ],
    [
      "a list of anything",
      { input: described({ a: z.unknown().meta({ type: "array", description: "A." }) }) },
      ["a has no items"],
    ],
    [
      "a variant without words",
      {
        input: described({
          a: z.union([z.string(), z.object({ b: z.string() })]).describe("A."),
          c: z.record(z.string(), z.object({ d: z.string() })).describe("C."),
        }),
      },
      ["a.b has no description", "c{}.d has no description"],
    ],
    ["a constant", { input: described({ a: z.literal("x").describe("A.") }) }, ["a is a const, not an enum"]],
    [
      "an argument that may be null",
      { input: described({ a: z.string().nullable().describe("A.") }) },
      ["a is nullable, not optional"],
    ],
    ["several at once", { title: "", description: "" }, ["it has no title", "it has no description"]],
  ])("finds %s", (_what, changes, problems) => {
    const name = changes.name ?? GOOD.name;
    expect(check(changes)).toEqual(problems.map((problem) => `${name}: ${problem}`));
  });

  it("finds as much in resources and prompts", () => {
    const tool = defineTool({
      ...GOOD,
      effect: "read",
      output: z.object({}),
      run: () => Promise.resolve({}),
    });
    const bad = { name: "aThing", title: "", description: "", uses: [tool] };
    const input = scopeInput.extend({ a: z.string() });
    const resource = { ...bad, uri: "test://x", mimeType: "text/plain", read: async () => "x" };
    const group = { name: "probe", description: "Probes.", tools: [tool] };
    const prompts = [definePrompt({ ...bad, input, get: async () => [] })];
    const common = [
      "aThing: its name is not lower-case words joined by underscores",
      "aThing: it has no title",
      "aThing: it has no description",
    ];
    expect(checkConventions([defineToolGroup({ ...group, resources: [resource], prompts })])).toEqual([
      ...common,
      ...common,
      "aThing: a has no description",
    ]);
  });
});
