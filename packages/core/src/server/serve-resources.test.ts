import { RunService } from "@flyte-mcp/idl/workflow/run_service";
import { z } from "zod";
import { withCaller } from "../client/flyte.ts";
import { defineTool, defineToolGroup } from "../contract.ts";
import { createToolError } from "../errors/tool-error.ts";
import type { Policy } from "../policy.ts";
import { defineResource } from "../resource.ts";
import type { Resource } from "../resource.ts";
import { connectClient } from "../testing/connect-client.ts";
import { playFlyte } from "../testing/play-flyte.ts";

const tool = (name: string) =>
  defineTool({
    name,
    title: "A tool",
    description: "Does it.",
    effect: "read",
    input: z.object({ name: z.string() }),
    output: z.object({ name: z.string() }),
    run: ({ name: given }) => Promise.resolve({ name: given, hidden: "x" }),
  });
const [getThing, listThings] = [tool("get_thing"), tool("list_things")];

const played = playFlyte(({ service }) => {
  service(RunService, { createRun: () => ({}), listRuns: () => ({ runs: [] }) });
});
const flyte = withCaller(played, "Bearer canary-caller-90cc");

const thing = (changes: Partial<Resource> = {}) =>
  defineResource({
    uri: "test://things/{place}/{+path}",
    name: "thing",
    title: "Thing",
    description: "A thing.",
    mimeType: "application/json",
    uses: [getThing],
    read: async (variables) => variables,
    ...changes,
  });

async function connect(resources: readonly Resource[], policy: Policy = {}) {
  const tools = [getThing, listThings];
  const groups = [defineToolGroup({ name: "probe", description: "Probes.", tools, resources })];
  return (await connectClient({ groups, flyte, policy })).client;
}

async function read(resource: Resource, uri = "test://things/here/a.py") {
  const { contents } = await (await connect([resource])).readResource({ uri });
  return contents;
}

const readBody = (read_: Resource["read"]) => read(thing({ read: read_ }));
const failWith = (error: unknown) => readBody(() => Promise.reject(error as Error));

describe("resources", () => {
  it("are not spoken of by a server that has none", async () => {
    const client = await connect([]);
    expect(client.getServerCapabilities()).toEqual({ tools: {} });
  });

  it("are listed, addresses apart from templates", async () => {
    const client = await connect([thing(), thing({ uri: "test://all", name: "all" })]);
    const about = { title: "Thing", description: "A thing.", mimeType: "application/json" };
    expect(client.getServerCapabilities()).toEqual({ tools: {}, resources: {} });
    expect((await client.listResources()).resources).toEqual([{ uri: "test://all", name: "all", ...about }]);
    expect((await client.listResourceTemplates()).resourceTemplates).toEqual([
      { uriTemplate: "test://things/{place}/{+path}", name: "thing", ...about },
    ]);
  });

  it("exist only where all tools are left that they use", async () => {
    const both = thing({ uses: [getThing, listThings] });
    const other = thing({ uri: "test://other", name: "other" });
    const client = await connect([both, other], { excludeTools: ["list_things"] });
    expect((await client.listResourceTemplates()).resourceTemplates).toEqual([]);
    expect((await client.listResources()).resources.map(({ uri }) => uri)).toEqual(["test://other"]);
    await expect(client.readResource({ uri: "test://things/a/b" })).rejects.toMatchObject({
      code: -32_002,
      message: 'MCP error -32002: The resource "test://things/a/b" is switched off on this server.',
    });
  });

  it("go with their last tool", async () => {
    const client = await connect([thing()], { tools: ["list_things"] });
    expect(client.getServerCapabilities()).toEqual({ tools: {} });
  });

  it("must use tools of their own group", () => {
    const group = { name: "probe", description: "Probes.", tools: [listThings] };
    for (const uses of [[], [getThing]])
      expect(() => defineToolGroup({ ...group, resources: [thing({ uses })] })).toThrow(
        '"thing" of group "probe" must use tools of that group, at least one',
      );
  });

  it("have addresses of their own", async () => {
    await expect(connect([thing(), thing()])).rejects.toThrow(
      'Two resources have the address "test://things/{place}/{+path}"',
    );
  });
});

describe("a resource that is read", () => {
  it("gets what its address says, decoded", async () => {
    const [content] = await read(thing(), "test://things/here%20now/a/b%2Bc.py");
    expect(content).toEqual({
      uri: "test://things/here%20now/a/b%2Bc.py",
      mimeType: "application/json",
      text: '{"place":"here now","path":"a/b+c.py"}',
    });
  });

  it("may be a text or bytes", async () => {
    expect(await readBody(async () => "plain")).toMatchObject([{ text: "plain" }]);
    expect(await readBody(async () => Buffer.from("bytes"))).toMatchObject([{ blob: "Ynl0ZXM=" }]);
  });

  it("shows the answer of a tool it uses, as that tool's caller gets it", async () => {
    const [content] = await readBody((_variables, { answer }) => answer(getThing, { name: "a" }));
    expect(content).toMatchObject({ text: '{"name":"a"}' });
  });

  it("gets no answer of a tool that it does not use", async () => {
    const reading = readBody((_variables, { answer }) => answer(listThings, { name: "a" }));
    await expect(reading).rejects.toThrow('"list_things" is not among the tools that this uses');
  });

  it("may not write, whatever it tries", async () => {
    const reading = readBody((_variables, context) => context.flyte(RunService).createRun({}));
    await expect(reading).rejects.toThrow('A tool declared "read" may not call RunService.CreateRun');
  });

  it("never has more than 40,000 characters", async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ name: `run-${index}`, phase: "running" }));
    for (const body of ["x".repeat(50_000), { rows }]) {
      const [content] = await readBody(async () => body);
      expect(String(content && "text" in content && content.text).length).toBeLessThan(40_100);
    }
    await expect(readBody(async () => Buffer.alloc(800_000))).rejects.toThrow(
      "The resource has 1066668 characters as base64; the most is 1000000.",
    );
  });

  it("shows no secret of its caller", async () => {
    for (const body of ["got canary-caller-90cc", { env: "canary-caller-90cc" }])
      expect(JSON.stringify(await readBody(async () => body))).toContain("[redacted]");
  });
});

describe("a resource that cannot be read", () => {
  it("is a protocol error in our words, without secrets", async () => {
    const error = createToolError({ code: "not_found", message: "No canary-caller-90cc.", hint: "Look." });
    await expect(failWith(error)).rejects.toMatchObject({
      code: -32_002,
      message: "MCP error -32002: No [redacted]. Look. [not_found]",
    });
    await expect(failWith(new Error("broken"))).rejects.toMatchObject({
      code: -32_603,
      message: "MCP error -32603: The tool failed: broken [internal]",
    });
  });

  it("is told from one that does not exist", async () => {
    await expect(read(thing(), "test://thing/a/b")).rejects.toMatchObject({
      code: -32_002,
      message: expect.stringContaining(
        'There is no resource "test://thing/a/b". Addresses: test://things/{place}/{+path}.',
      ) as string,
    });
    await expect(read(thing(), "test://things/a/100%")).rejects.toMatchObject({ code: -32_602 });
  });
});
