import { startHttp } from "./built-apps.ts";
import type { HttpServer } from "./built-apps.ts";
import { connectHttp, connectStdio } from "./sdk-client.ts";
import type { Connection } from "./sdk-client.ts";

const TEMPLATE = { type: "ref/resource", uri: "flyte://runs/{project}/{domain}/{run}" } as const;
const PLACE = { project: "flytesnacks", domain: "development" };
const uriOf = (name: string) => `flyte://runs/flytesnacks/development/${name}`;

async function readText({ client }: Connection, uri: string): Promise<string> {
  const { contents } = await client.readResource({ uri });
  return contents.map((content) => ("text" in content ? content.text : "")).join("");
}

async function completeRun({ client }: Connection, value: string): Promise<string[]> {
  const argument = { name: "run", value };
  const { completion } = await client.complete({ ref: TEMPLATE, argument, context: { arguments: PLACE } });
  return completion.values;
}

describe("resources and prompts of the built stdio server", () => {
  let connection: Connection;
  beforeAll(async () => (connection = await connectStdio(["--sandbox"])));
  afterAll(() => connection.close());

  it("lead from the beginning of a name to a run and its diagnosis", async () => {
    const [name = ""] = await completeRun(connection, "demo-fan-2");
    const run = await readText(connection, uriOf(name));
    expect(JSON.parse(run)).toMatchObject({ name: "demo-fan-2", phase: "failed" });
    expect(run.length).toBeLessThan(10_000);
    const { messages } = await connection.client.getPrompt({ name: "diagnose_run", arguments: { name } });
    expect(JSON.stringify(messages)).toContain("inner cause");
    expect(JSON.stringify(messages).length).toBeLessThan(10_000);
  });

  it("hold what a task takes, and how a script is written", async () => {
    const launch = { name: "launch_task", arguments: { name: "seed.everything" } };
    const { messages } = await connection.client.getPrompt(launch);
    expect(JSON.stringify(messages)).toContain("JSON Schema of the inputs");
    const write = { name: "write_uv_script", arguments: { goal: "count words" } };
    expect(JSON.stringify(await connection.client.getPrompt(write))).toContain("# /// script");
  });
});

it("a server that is not told its Flyte still lists them, and says what to configure when one is asked for", async () => {
  const connection = await connectStdio([]);
  expect((await connection.client.listPrompts()).prompts).toHaveLength(3);
  await expect(readText(connection, uriOf("r1"))).rejects.toThrow(/FLYTE_ENDPOINT/);
  await connection.close();
});

describe("resources and prompts under the policy of the built HTTP server", () => {
  let server: HttpServer;
  let connection: Connection;
  beforeAll(async () => {
    server = await startHttp(["--sandbox", "--read-only", "--task-allowlist", "seed.add"]);
    connection = await connectHttp(server.url);
  });
  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  it("are those that only read", async () => {
    const { prompts } = await connection.client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(["diagnose_run"]);
    await expect(connection.client.getPrompt({ name: "launch_task" })).rejects.toThrow("is switched off");
  });

  it("show no run of a task off the list, in whole or by name", async () => {
    await expect(readText(connection, uriOf("demo-fan-2"))).rejects.toThrow("task allowlist");
    const diagnosis = { name: "diagnose_run", arguments: { name: "demo-fan-2" } };
    await expect(connection.client.getPrompt(diagnosis)).rejects.toThrow("task allowlist");
    const offered = await completeRun(connection, "demo-");
    expect(offered).toEqual(offered.filter((name) => name.startsWith("demo-add")));
    expect(offered).toContain("demo-add-4");
    expect(JSON.parse(await readText(connection, uriOf("demo-add-4")))).toMatchObject({ task: "seed.add" });
  });
});
