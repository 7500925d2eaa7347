import type { Flyte } from "../client/flyte.ts";
import type { Scope } from "../contract.ts";
import { createToolError } from "../errors/tool-error.ts";

/** Project and domain of one call: its argument, else the server's setting. Throws a tool error that names what is missing. */
export function resolveScope(
  args: { project?: string; domain?: string },
  { defaults, problem }: Pick<Flyte, "defaults" | "problem">,
): Scope {
  // Whoever has no endpoint yet is not helped by being asked for a project.
  if (problem) throw problem;
  const project = args.project ?? defaults.project;
  const domain = args.domain ?? defaults.domain;
  if (project !== undefined && domain !== undefined) return { org: defaults.org ?? "", project, domain };
  const missing = [
    ...(project === undefined ? ["project"] : []),
    ...(domain === undefined ? ["domain"] : []),
  ];
  const variables = missing.map((name) => `FLYTE_MCP_${name.toUpperCase()}`);
  throw createToolError({
    code: "invalid_argument",
    message: `No ${missing.join(" and no ")} is given, and none is configured.`,
    hint: `Pass ${missing.join(" and ")}, or set ${variables.join(" and ")} for this server.`,
  });
}
