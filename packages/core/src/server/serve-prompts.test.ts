import { z } from "zod";
import { withCaller } from "../client/flyte.ts";
import { defineTool, defineToolGroup } from "../contract.ts";
import { createToolError } from "../errors/tool-error.ts";
import type { Policy } from "../policy.ts";
import { definePrompt } from "../prompt.ts";
import type { Prompt, PromptDefinition } from "../prompt.ts";
import { defineResource } from "../resource.ts";
import type { Complete } from "../resource.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

const tool = defineTool({
  name: "get_thing",
  title: "A tool",
  description: "Does it.",
  effect: "read",
  input: z.object({}),
  output: z.object({}),
  run: () => Promise.resolve({}),
});
const input = z.object({
  name: z.string().min(1).describe("The name."),
  place: z.string().optional().describe("The place."),
});

const prompt = (changes: Partial<PromptDefinition<typeof input>> = {}) =>
  definePrompt({
    name: "explain_thing",
    title: "Explain",
    description: "Explain a thing.",
    uses: [tool],
    input,
    get: async ({ name, place }) => [{ content: `Explain ${name} at ${place ?? "home"}.` }],
    ...changes,
  });

async function connect(prompts: readonly Prompt[], policy: Policy = {}) {
  const flyte = withCaller(
    playFlyte(() => undefined),
    "Bearer canary-caller-90cc",
  );
  const resource = defineResource({
    uri: "test://things/{name}",
    name: "thing",
    title: "Thing",
    description: "A thing.",
    mimeType: "text/plain",
    uses: [tool],
    complete: { name: async () => ["one"] },
    read: async () => "x",
  });
  const other = { ...tool, name: "list_things" };
  const tools = [tool, other];
  const groups = [
    defineToolGroup({ name: "probe", description: "Probes.", tools, prompts, resources: [resource] }),
  ];
  return (await connectClient({ groups, flyte, policy })).client;
}

async function get(given: Record<string, string>, changes?: Partial<PromptDefinition<typeof input>>) {
  const client = await connect([prompt(changes)]);
  return client.getPrompt({ name: "explain_thing", arguments: given });
}

describe("prompts", () => {
  it("are listed with their arguments", async () => {
    expect((await (await connect([prompt()])).listPrompts()).prompts).toEqual([
      {
        name: "explain_thing",
        title: "Explain",
        description: "Explain a thing.",
        arguments: [
          { name: "name", description: "The name.", required: true },
          { name: "place", description: "The place.", required: false },
        ],
      },
    ]);
  });

  it("go with a tool that they use", async () => {
    const client = await connect([prompt()], { excludeTools: ["get_thing"] });
    expect(client.getServerCapabilities()).toEqual({ tools: {} });
  });

  it("have names of their own", async () => {
    await expect(connect([prompt(), prompt()])).rejects.toThrow('Two prompts are named "explain_thing"');
  });

  it("are told from those that do not exist", async () => {
    const client = await connect([prompt()]);
    await expect(client.getPrompt({ name: "explain_things" })).rejects.toMatchObject({
      code: -32_602,
      message: expect.stringContaining('Did you mean "explain_thing"? Known: explain_thing.') as string,
    });
  });
});

describe("a prompt", () => {
  it("is filled in, and takes an empty text for none", async () => {
    expect(await get({ name: "this", place: "" })).toEqual({
      description: "Explain a thing.",
      messages: [{ role: "user", content: { type: "text", text: "Explain this at home." } }],
    });
  });

  it("says what is wrong with its arguments", async () => {
    await expect(get({ nam: "x" })).rejects.toMatchObject({
      code: -32_602,
      message:
        'MCP error -32602: explain_thing: unknown argument "nam". Did you mean "name"?; name: is missing; it must be a text. Arguments: name, place?. [invalid_argument]',
    });
  });

  it("shows no secret, and no more than clients read", async () => {
    const { messages } = await get(
      { name: "x" },
      {
        get: async () => [
          { content: "got canary-caller-90cc" },
          { role: "assistant", content: "y".repeat(39_000) },
          { content: { type: "resource", resource: { uri: "test://x", text: "z".repeat(5_000) } } },
          { content: { type: "image", data: "aGk=", mimeType: "image/png" } },
        ],
      },
    );
    const sent = JSON.stringify(messages);
    expect(sent).toContain("got [redacted]");
    expect(sent).toMatch(/z… \[cut: 5000 characters\]/);
    expect(sent.length).toBeLessThan(40_500);
    expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "user", "user"]);
  });

  it("fails in our words", async () => {
    const get_ = () =>
      Promise.reject(createToolError({ code: "internal", message: "No canary-caller-90cc." }));
    await expect(get({ name: "x" }, { get: get_ })).rejects.toMatchObject({
      code: -32_603,
      message: "MCP error -32603: No [redacted]. [internal]",
    });
  });
});

describe("completion", () => {
  const completing = (complete: Complete) => connect([prompt({ complete: { name: complete } })]);
  const ref = { type: "ref/prompt", name: "explain_thing" } as const;

  it("offers the first hundred names that begin so, each once", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `Run-${index}`);
    const client = await completing(async () => ["other", "Run-0", ...names]);
    const { completion } = await client.complete({ ref, argument: { name: "name", value: "run" } });
    expect(completion).toEqual({ values: names.slice(0, 100), hasMore: true });
  });

  it("knows what is given already", async () => {
    const client = await completing(async (_value, _context, given) => Object.values(given));
    const context = { arguments: { place: "there", name: "" } };
    const { completion } = await client.complete({ ref, argument: { name: "name", value: "" }, context });
    expect(completion.values).toEqual(["there"]);
  });

  it("has nothing to offer for an argument that no names are known of", async () => {
    const client = await completing(async () => ["x"]);
    const { completion } = await client.complete({ ref, argument: { name: "place", value: "x" } });
    expect(completion.values).toEqual([]);
  });

  it("works for the variables of a template", async () => {
    const client = await connect([]);
    const template = { type: "ref/resource", uri: "test://things/{name}" } as const;
    const { completion } = await client.complete({ ref: template, argument: { name: "name", value: "o" } });
    expect(completion.values).toEqual(["one"]);
  });

  it.each([
    [{ type: "ref/prompt", name: "x" } as const, "name", 'There is no prompt "x".'],
    [ref, "nam", 'There is no argument "nam". Did you mean "name"? Known: name, place.'],
    [
      { type: "ref/resource", uri: "test://x/{y}" } as const,
      "y",
      'There is no resource template "test://x/{y}". Known: test://things/{name}.',
    ],
  ])("refuses %j with %s", async (wrong, name, message) => {
    const client = await completing(async () => []);
    await expect(client.complete({ ref: wrong, argument: { name, value: "" } })).rejects.toMatchObject({
      code: -32_602,
      message: expect.stringContaining(message) as string,
    });
  });
});
