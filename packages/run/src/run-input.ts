import { scopeInput } from "@flyte-mcp/core";
import type { Scope } from "@flyte-mcp/core";
import { z } from "zod";

/** Names one run. */
export const runInput = z
  .object({
    name: z.string().min(1).describe("The run's name, as run_task and list_runs give it."),
  })
  .extend(scopeInput.shape);

/** The root action of any run is named `a0`; its phase is the run's. */
export function rootAction(scope: Scope, name: string) {
  return { run: { ...scope, name }, name: "a0" };
}
