import { ProjectState } from "@flyte-mcp/idl/project/project_service";
import type { Project } from "@flyte-mcp/idl/project/project_service";
import { z } from "zod";

/** What a row and the details of a project have in common. */
export const projectOutput = z.object({
  id: z.string().describe("What other tools take as project."),
  name: z.string(),
  description: z.string().optional(),
  state: z.string(),
  domains: z.array(z.string()),
});

export function describeProject({ id, name, description, state, domains }: Project) {
  return {
    id,
    name,
    description: description || undefined,
    state: (ProjectState[state] ?? `unknown (${state})`).toLowerCase(),
    domains: domains.map((domain) => domain.id),
  };
}
