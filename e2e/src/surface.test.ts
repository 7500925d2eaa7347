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

/** The sandbox has no code to give, as the open-source plane, and searching is tested on a corpus of its own. */
const ELSEWHERE = /^(get_run_code|search_.*|read_example)$/;

describe("what clients see", () => {
  it("changes on purpose or not at all", async () => {
    expect(await listTools()).toMatchSnapshot();
  });

  it("offers resources and prompts on purpose", async () => {
    const { client, close } = await connectStdio([]);
    const { resources } = await client.listResources();
    const { resourceTemplates } = await client.listResourceTemplates();
    const { prompts } = await client.listPrompts();
    await close();
    expect({ resources, resourceTemplates, prompts }).toMatchSnapshot();
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

  it("answers by default in less than 10 kB, whatever is read", async () => {
    const { client, call, close } = await connectStdio(["--sandbox"]);
    const { runs } = (await call("list_runs", { phase: ["failed"] })) as { runs: { name: string }[] };
    const name = runs[0]?.name ?? "";
    const arguments_: Record<string, Record<string, unknown>> = {
      get_task: { name: "seed.everything" },
      get_run: { name },
      get_run_io: { name },
      wait_for_run: { name },
      diagnose_run: { name },
      list_actions: { run_name: name },
      get_action: { run_name: name },
      get_logs: { run_name: name },
      get_app: { name: "dashboard" },
      get_trigger: { task_name: "seed.add", trigger_name: "nightly" },
      get_project: { name: "flytesnacks" },
      list_conditions: { run_name: name },
    };
    const { tools } = await client.listTools();
    const reads = tools.filter(
      ({ annotations, name: tool }) => annotations?.readOnlyHint && !ELSEWHERE.test(tool),
    );
    const sizes = reads.map(async (tool) => {
      const answer = await call(tool.name, arguments_[tool.name] ?? {});
      return [tool.name, JSON.stringify(answer).length] as const;
    });
    const large = (await Promise.all(sizes)).filter(([, size]) => size > 10_000);
    await close();
    expect(large).toEqual([]);
  });
});
