import type { Policy } from "@flyte-mcp/core";
import type { CallerRules } from "./read-caller-rules.ts";

/** The policy as it holds for these callers: a server that anybody may call only reads, whatever else it allows. */
export function restrict(policy: Policy, rules: CallerRules): Policy {
  const isOpen = rules.kind === "none" && !rules.isPrivate;
  return isOpen ? { readOnly: true, from: "--auth none", and: policy } : policy;
}
