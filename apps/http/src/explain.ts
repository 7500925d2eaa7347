import { createGroups } from "@flyte-mcp/composition";
import { readPolicy } from "@flyte-mcp/core";
import type { Settings } from "@flyte-mcp/core";
import { runPolicyCommand } from "@flyte-mcp/core/command";
import type { PolicyCommand } from "@flyte-mcp/core/command";
import { readCallerRules } from "./auth/read-caller-rules.ts";
import { restrict } from "./auth/restrict.ts";
import type { settings } from "./settings.ts";

type Values = Settings<typeof settings>["values"];

/** Answers a question to the policy that the server would start with. */
export function explain(
  about: Omit<PolicyCommand<typeof settings>, "createGroups" | "readPolicy">,
  argv: readonly string[],
): Promise<void> {
  const values = {
    createGroups: (given: Values) => createGroups(given, import.meta.url),
    readPolicy: async (given: Values) => restrict(await readPolicy(given), readCallerRules(given)),
  };
  return runPolicyCommand({ ...about, ...values }, argv);
}
