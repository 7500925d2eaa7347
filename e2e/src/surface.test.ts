import { connectStdio } from "./sdk-client.ts";

const LIST_LIMIT = 24_000;
const READ_ONLY_LIMIT = 14_000;

async function listTools(...args: string[]) {
  const { client, close } = await connectStdio(args);
  const { tools } = await client.listTools();
  await close();
  return tools;
}

const size = (tools: Awaited<ReturnType<typeof listTools>>) =>
  tools.reduce(
    (sum, { name, description = "", inputSchema }) =>
      sum + name.length + description.length + JSON.stringify(inputSchema).length,
    0,
  );

describe("what clients see", () => {
  it("changes on purpose or not at all", async () => {
    expect(await listTools()).toMatchSnapshot();
  });

  it("stays small", async () => {
    expect(size(await listTools())).toBeLessThan(LIST_LIMIT);
    expect(size(await listTools("--read-only"))).toBeLessThan(READ_ONLY_LIMIT);
  });

  it("tells the model how the tools go together, in less than 2,000 characters", async () => {
    const { client, close } = await connectStdio(["--sandbox"]);
    const instructions = client.getInstructions() ?? "";
    await close();
    expect(instructions).toMatchSnapshot();
    expect(instructions.length).toBeLessThan(2_000);
  });

  it("answers by default in less than 10 kB", async () => {
    const { call, close } = await connectStdio(["--sandbox"]);
    for (const [name, args] of [
      ["list_tasks", {}],
      ["list_runs", {}],
      ["get_task", { name: "seed.everything" }],
    ] as const) {
      expect(JSON.stringify(await call(name, args)).length).toBeLessThan(10_000);
    }
    await close();
  });
});
