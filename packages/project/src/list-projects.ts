import { defineTool, limitInput, listRows, tokenInput } from "@flyte-mcp/core";
import { Sort_Direction } from "@flyte-mcp/idl/common/list";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { z } from "zod";
import { describeProject, projectOutput } from "./describe-project.ts";

export const listProjects = defineTool({
  name: "list_projects",
  title: "List projects",
  description:
    "List the projects of this Flyte, oldest first, each with its domains. Call it to find a project's exact id.",
  effect: "read",
  input: z.object({
    include_archived: z.boolean().default(false).describe("true: archived projects as well."),
    limit: limitInput,
    token: tokenInput,
  }),
  output: z.object({ projects: z.array(projectOutput), next_token: z.string().optional() }),

  async run({ include_archived, limit, token = "" }, { flyte, plane }) {
    const sortBy = { key: "created_at", direction: Sort_Direction.ASCENDING };
    const filters = include_archived ? "value_in(state,0;1)" : "eq(state, 0)";
    const { rows, nextToken } = await listRows(limit, token, async (page) => {
      const { projects } = await flyte(ProjectService).listProjects({
        ...page,
        org: plane.org,
        filters,
        sortBy,
      });
      return { rows: projects?.projects ?? [], token: projects?.token ?? "" };
    });
    return { projects: rows.map(describeProject), next_token: nextToken };
  },
});
