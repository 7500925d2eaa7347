import { defineToolGroup } from "@flyte-mcp/core";
import { getProject } from "./get-project.ts";
import { listProjects } from "./list-projects.ts";

/** Tools for projects. */
export const project = defineToolGroup({
  name: "project",
  description: "Projects: list them, describe one.",
  tools: [listProjects, getProject],
});
