import { z } from "zod";
import { defineTool, defineToolGroup } from "../contract.ts";
import type { Effect } from "../contract.ts";
import { limitInput, scopeInput, tokenInput } from "../inputs.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

function tool(name: string, effect: Effect, input: z.ZodObject = z.object({}), idempotent?: boolean) {
  return defineTool({
    name,
    title: "A title",
    description: "Does it.",
    effect,
    idempotent,
    input,
    output: z.object({}),
    run: () => Promise.resolve({}),
  });
}

async function list(...tools: ReturnType<typeof tool>[]) {
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools })];
  const { client } = await connectClient({ groups, flyte: playFlyte(() => undefined) });
  return (await client.listTools()).tools;
}

describe("tools/list", () => {
  it("shows a tool with all that clients read, and no more", async () => {
    const input = scopeInput.extend({
      name: z.string().describe("Name."),
      limit: limitInput,
      token: tokenInput,
      count: z.int().optional().describe("Count."),
      inputs: z.record(z.string(), z.unknown()).optional().describe("Inputs."),
    });
    expect(await list(tool("list_things", "read", input))).toEqual([
      {
        name: "list_things",
        title: "A title",
        description: "Does it.",
        annotations: {
          title: "A title",
          readOnlyHint: true,
          destructiveHint: false,
          idempotentHint: true,
          openWorldHint: false,
        },
        inputSchema: {
          type: "object",
          properties: {
            project: {
              type: "string",
            },
            domain: {
              type: "string",
            },
            name: { type: "string", description: "Name." },
            limit: {
              type: "integer",
              default: 25,
              description: "Most rows, 1 to 500.",
            },
            token: { type: "string", description: "From next_token." },
            count: { type: "integer", description: "Count." },
            inputs: { type: "object", additionalProperties: true, description: "Inputs." },
          },
          required: ["name"],
        },
      },
    ]);
  });

  it("keeps the order of the groups", async () => {
    const listed = await list(tool("b_tool", "read"), tool("a_tool", "read"));
    expect(listed.map(({ name }) => name)).toEqual(["b_tool", "a_tool"]);
  });

  it.each<[Effect, boolean | undefined, [readOnly: boolean, destructive: boolean, idempotent: boolean]]>([
    ["read", undefined, [true, false, true]],
    ["write", undefined, [false, false, false]],
    ["write", true, [false, false, true]],
    ["destructive", undefined, [false, true, false]],
    ["destructive", true, [false, true, true]],
  ])("derives the hints of %s, idempotent %s", async (effect, idempotent, hints) => {
    const [listed] = await list(tool("do_it", effect, undefined, idempotent));
    const { readOnlyHint, destructiveHint, idempotentHint } = listed?.annotations ?? {};
    expect([readOnlyHint, destructiveHint, idempotentHint]).toEqual(hints);
  });

  it("spells out a choice of types, which some providers read only so", async () => {
    const value = z.union([z.boolean(), z.number()]).describe("Any of two.");
    const [listed] = await list(tool("do_it", "read", z.object({ value })));
    expect(listed?.inputSchema.properties?.["value"]).toEqual({
      description: "Any of two.",
      anyOf: [{ type: "boolean" }, { type: "number" }],
    });
  });

  it("leaves bounds to the descriptions, but no argument that is named like one", async () => {
    const pattern = z.string().max(9).default("x").describe("At most 9 characters.");
    const dry_run = z.boolean().default(false).describe("true: only try.");
    const [listed] = await list(tool("do_it", "read", z.object({ pattern, dry_run })));
    expect(listed?.inputSchema.properties).toEqual({
      pattern: { type: "string", default: "x", description: "At most 9 characters." },
      dry_run: { type: "boolean", description: "true: only try." },
    });
  });
});
