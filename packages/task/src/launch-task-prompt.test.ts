import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { createSandbox } from "@flyte-mcp/sandbox";
import { task } from "./index.ts";

const sandbox = createSandbox();
const flyte = playFlyte(sandbox.routes);
const [open, limited] = await Promise.all([
  connectClient({ groups: [task], flyte }),
  connectClient({ groups: [task], flyte, policy: { tasks: ["seed.add"] } }),
]);

afterAll(async () => {
  await Promise.all([open.close(), limited.close()]);
  await sandbox.close();
});

const ask = ({ client }: typeof open, name: string) =>
  client.getPrompt({ name: "launch_task", arguments: { name } });

async function complete({ client }: typeof open, value: string) {
  const ref = { type: "ref/prompt", name: "launch_task" } as const;
  return (await client.complete({ ref, argument: { name: "name", value } })).completion.values;
}

describe("the prompt launch_task", () => {
  it("holds the task's interface and the schema of its inputs", async () => {
    const { messages } = await ask(open, "seed.add");
    const { version, signature, input_schema } = await open.answer("get_task", { name: "seed.add" });
    const text = messages[0]?.content.type === "text" ? messages[0].content.text : "";
    expect(text).toContain(`seed.add for me: version ${String(version)}, project flytesnacks`);
    expect(text).toContain(`Signature: ${String(signature)}\nRequired inputs: a\n`);
    expect(text).toContain(JSON.stringify(input_schema, null, 1));
  });

  it("says which task was meant", async () => {
    await expect(ask(open, "seed.ad")).rejects.toMatchObject({
      code: -32_602,
      message: expect.stringContaining("seed.add") as string,
    });
  });

  it("is held to the policy: no hidden task, and nothing to launch where nothing may be written", async () => {
    await expect(ask(limited, "payroll.pay")).rejects.toThrow(/task allowlist/);
    const { client } = await connectClient({ groups: [task], flyte, policy: { readOnly: true } });
    expect(client.getServerCapabilities()).toEqual({ tools: {} });
    await client.close();
  });

  it("offers the names of tasks that may be launched", async () => {
    expect(await complete(open, "seed.a")).toContain("seed.add");
    expect(await complete(open, "pay")).toEqual(["payroll.pay"]);
    expect(await complete(limited, "")).toEqual(["seed.add"]);
  });
});
