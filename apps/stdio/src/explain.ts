import { createGroups } from "@flyte-mcp/composition";
import type { Settings } from "@flyte-mcp/core";
import { runPolicyCommand } from "@flyte-mcp/core/command";
import type { PolicyCommand } from "@flyte-mcp/core/command";
import type { settings } from "./settings.ts";

/** Answers a question to the policy that the server would start with. */
export function explain(
  about: Omit<PolicyCommand<typeof settings>, "createGroups">,
  argv: readonly string[],
): Promise<void> {
  const create = (values: Settings<typeof settings>["values"]) => createGroups(values, import.meta.url);
  return runPolicyCommand({ ...about, createGroups: create }, argv);
}
