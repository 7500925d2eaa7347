import { runPolicyCommand } from "@flyte-mcp/core/command";
import type { PolicyCommand } from "@flyte-mcp/core/command";
import { createGroups } from "./groups.ts";
import type { settings } from "./settings.ts";

/** Answers a question to the policy that the server would start with. */
export function explain(
  about: Omit<PolicyCommand<typeof settings>, "createGroups">,
  argv: readonly string[],
): Promise<void> {
  return runPolicyCommand({ ...about, createGroups }, argv);
}
