import { createToolError, defineTool } from "@flyte-mcp/core";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import { z } from "zod";
import { describeProject, projectOutput } from "./describe-project.ts";

export const getProject = defineTool({
  name: "get_project",
  title: "Get project",
  description: "Describe one project: its state, domains and labels.",
  effect: "read",
  input: z.object({ name: z.string().min(1).describe("The project's id, as list_projects gives it.") }),
  output: projectOutput.extend({ labels: z.record(z.string(), z.string()) }),

  async run({ name }, { flyte, plane }) {
    const { project } = await flyte(ProjectService).getProject({ id: name, org: plane.org });
    if (!project) throw createToolError({ code: "internal", message: `Flyte gave no project "${name}".` });
    return { ...describeProject(project), labels: project.labels?.values ?? {} };
  },
});
