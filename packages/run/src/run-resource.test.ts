import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { createSandbox } from "@flyte-mcp/sandbox";
import { run } from "./index.ts";

const sandbox = createSandbox();
const flyte = playFlyte(sandbox.routes);
const [open, limited] = await Promise.all([
  connectClient({ groups: [run], flyte }),
  connectClient({ groups: [run], flyte, policy: { tasks: ["seed.add"] } }),
]);

afterAll(async () => {
  await Promise.all([open.close(), limited.close()]);
  await sandbox.close();
});

const uriOf = (name: string) => `flyte://runs/flytesnacks/development/${name}`;

async function read({ client }: typeof open, name: string): Promise<Record<string, unknown>> {
  const { contents } = await client.readResource({ uri: uriOf(name) });
  const [content] = contents;
  return JSON.parse(content && "text" in content ? content.text : "") as Record<string, unknown>;
}

function complete({ client }: typeof open, name: string, value: string, given = {}) {
  const ref = { type: "ref/resource", uri: "flyte://runs/{project}/{domain}/{run}" } as const;
  const call = client.complete({ ref, argument: { name, value }, context: { arguments: given } });
  return call.then(({ completion }) => completion.values);
}

describe("a run as a resource", () => {
  it("has its phase, its error and the tree of its actions", async () => {
    expect(await read(open, "demo-fan-2")).toMatchObject({
      name: "demo-fan-2",
      project: "flytesnacks",
      domain: "development",
      phase: "failed",
      task: "seed.fan_fail",
      error: { message: expect.stringContaining("inner cause") as string },
      tree: [
        { action: "a0", task: "seed.fan_fail", phase: "failed" },
        { action: "c0", parent: "a0", task: "seed.add", phase: "succeeded" },
        { action: "c1", parent: "a0", task: "seed.add", phase: "succeeded" },
        { action: "c2", parent: "a0", task: "seed.fail", phase: "failed" },
      ],
    });
  });

  it("is told from one that does not exist", async () => {
    await expect(read(open, "demo-fan-9")).rejects.toMatchObject({
      code: -32_002,
      message: expect.stringMatching(/There is no run "demo-fan-9"/) as string,
    });
  });

  it("is hidden with its task", async () => {
    await expect(read(limited, "demo-fan-2")).rejects.toThrow(/task allowlist/);
  });
});

describe("names of runs", () => {
  const place = { project: "flytesnacks", domain: "development" };

  it("are offered as far as they are typed", async () => {
    expect(await complete(open, "project", "flyte")).toEqual(["flytesnacks"]);
    expect(await complete(open, "domain", "dev", { project: "flytesnacks" })).toEqual(["development"]);
    expect((await complete(open, "run", "demo-fan", place)).sort()).toEqual(["demo-fan-1", "demo-fan-2"]);
  });

  it("are not offered where their task is hidden", async () => {
    const offered = await complete(limited, "run", "", place);
    expect(offered).not.toEqual([]);
    expect(offered.filter((name) => /fan|pay/.test(name))).toEqual([]);
    expect(await complete(open, "run", "demo-pay", place)).not.toEqual([]);
  });
});

describe("the prompt diagnose_run", () => {
  const ask = ({ client }: typeof open, name: string) =>
    client.getPrompt({ name: "diagnose_run", arguments: { name } });

  it("holds what the tool answers", async () => {
    const { messages } = await ask(open, "demo-fan-2");
    const diagnosis = await open.answer("diagnose_run", { name: "demo-fan-2" });
    expect(messages).toMatchObject([{ role: "user", content: { type: "text" } }]);
    const text = messages[0]?.content.type === "text" ? messages[0].content.text : "";
    expect(text).toContain("Flyte run demo-fan-2 (project flytesnacks, domain development)");
    expect(text).toContain(JSON.stringify(diagnosis, null, 1));
  });

  it("is held to the policy as the tool is", async () => {
    await expect(ask(limited, "demo-fan-2")).rejects.toThrow(/task allowlist/);
    const { client } = await connectClient({
      groups: [run],
      flyte,
      policy: { excludeTools: ["diagnose_run"] },
    });
    expect(client.getServerCapabilities()).toMatchObject({ resources: {} });
    expect(client.getServerCapabilities()).not.toHaveProperty("prompts");
    await client.close();
  });
});
