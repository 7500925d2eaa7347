import { toCamel, toTitle } from "./names.mjs";

/** A tool that works: it looks at the project of the call, for its author to make something of. */
export const toolSource = (
  name,
  effect,
) => `import { createToolError, defineTool, scopeInput } from "@flyte-mcp/core";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { z } from "zod";

export const ${toCamel(name)} = defineTool({
  name: "${name}",
  title: "${toTitle(name)}",
  description: "${toTitle(name)} of a project. Call it to see how a project is described.",
  effect: "${effect}",
  input: z.object({}).extend(scopeInput.shape),
  output: z.object({ project: z.string(), description: z.string().optional() }),

  async run(args, { flyte, scope }) {
    const { org, project: id } = scope(args);
    const { project } = await flyte(ProjectService).getProject({ id, org });
    if (!project) throw createToolError({ code: "not_found", message: \`There is no project "\${id}".\` });
    return { project: project.id, description: project.description || undefined };
  },
});
`;

/** Its test, through a real client. */
export const toolTest = (name, group) => `import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { ${group.export} } from "./index.ts";

function play(answer: object) {
  const flyte = playFlyte(({ service }) => service(ProjectService, { getProject: () => answer }));
  return connectClient({ groups: [${group.call}], flyte });
}

describe("${name}", () => {
  it("answers what Flyte says of the project", async () => {
    const { answer } = await play({ project: { id: "etl", description: "Nightly loads" } });
    expect(await answer("${name}", { project: "etl" })).toEqual({ project: "etl", description: "Nightly loads" });
  });

  it("says that there is no such project", async () => {
    const { failure } = await play({});
    expect(await failure("${name}", { project: "etl" })).toBe('There is no project "etl". [not_found]');
  });
});
`;
