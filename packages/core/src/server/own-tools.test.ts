import { z } from "zod";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { defineTool, defineToolGroup } from "../contract.ts";
import { connectClient } from "../testing/connect-client.ts";

const greet = defineTool({
  name: "greet",
  title: "Greet",
  description: "Greets somebody.",
  effect: "read",
  input: z.object({ name: z.string().describe("Whom.") }),
  output: z.object({ text: z.string() }),
  run: ({ name }) => Promise.resolve({ text: `Hello ${name}` }),
});

const countProjects = defineTool({
  name: "count_projects",
  title: "Count projects",
  description: "Counts the projects of Flyte.",
  effect: "read",
  input: z.object({}),
  output: z.object({ projects: z.number() }),
  async run(_input, { flyte }) {
    const { projects } = await flyte(ProjectService).listProjects({});
    return { projects: projects?.projects.length ?? 0 };
  },
});

const groups = [defineToolGroup({ name: "own", description: "Own.", tools: [greet, countProjects] })];

describe("a server without a Flyte", () => {
  it("runs its own tools, and says nothing of Flyte", async () => {
    const { client, answer } = await connectClient({ groups });
    expect(await answer("greet", { name: "Ada" })).toEqual({ text: "Hello Ada" });
    expect(client.getInstructions()).toBeUndefined();
  });

  it("holds them to its policy all the same", async () => {
    const { client } = await connectClient({ groups, policy: { excludeTools: ["greet"] } });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["count_projects"]);
  });

  it("tells a tool that wants one what to configure", async () => {
    const { failure } = await connectClient({ groups });
    expect(await failure("count_projects")).toContain("No Flyte endpoint is configured for this MCP server.");
  });
});
