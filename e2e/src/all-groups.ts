import { createGroups } from "@flyte-mcp/composition";
import type { ToolGroup } from "@flyte-mcp/core";

/** Every group as the apps compose them without further settings. */
export const allGroups: readonly ToolGroup[] = await createGroups({}, import.meta.url);

/** The names of their tools, in the order in which a server lists them. */
export const allTools: readonly string[] = allGroups.flatMap(({ tools }) => tools.map(({ name }) => name));
