import type { Scope } from "@flyte-mcp/core";

/** The root action of any run is named `a0`; its phase is the run's. */
export function rootAction(scope: Scope, name: string) {
  return { run: { ...scope, name }, name: "a0" };
}
