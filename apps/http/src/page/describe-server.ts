import type { Flyte, Policy, Tool, ToolGroup } from "@flyte-mcp/core";
import { isLimited } from "@flyte-mcp/core/command";
import type { CallerRules } from "../auth/read-caller-rules.ts";

const OWN = "Flyte is called with the server's own credential.";
const HEADER = "the header Authorization: Bearer <token>";

/** What kind of Flyte the server stands before; where it is, is nobody's business but its callers'. */
export function describePlane(flyte: Flyte, isSandbox: boolean): string {
  if (isSandbox) return "An embedded sandbox with sample tasks to try things on; no Python is run.";
  if (flyte.problem) return "None is configured yet; until then every call says what to set.";
  return "A Flyte 2 control plane.";
}

/** Who may call, for the one who wants to. */
export function describeCallers(rules: CallerRules): string {
  switch (rules.kind) {
    case "passthrough":
      return rules.isPrivate
        ? "Anybody on the server's own machine; a credential for Flyte is passed on where one is sent."
        : "Whoever has a token or an API key for Flyte, which is passed on with each call.";
    case "jwt":
      return `Whoever has a token of ${new URL(rules.jwt.issuer).host} for this server. ${OWN}`;
    case "shared-secret":
      return `Whoever has the shared secret of this server. ${OWN}`;
    case "none":
      return rules.isPrivate
        ? `Anybody on the server's own machine. ${OWN}`
        : `Anybody, without a credential, so only reading is offered. ${OWN}`;
  }
}

/** What a client must be given beside the address, undefined where nothing is. */
export function describeCredential(rules: CallerRules): string | undefined {
  if (rules.kind === "shared-secret") return `Clients send the secret as ${HEADER}.`;
  if (rules.kind === "none" || (rules.kind === "passthrough" && rules.isPrivate)) return undefined;
  const where = rules.kind === "passthrough" ? "Where Flyte has a login, clients" : "Clients";
  return `${where} that speak OAuth log in by themselves; the others send a token as ${HEADER}.`;
}

const LISTS = ["tasks", "apps", "triggers"] as const;

/** What the policy leaves, in a sentence or two. */
export function describePolicy(groups: readonly ToolGroup[], tools: readonly Tool[], policy: Policy): string {
  const all = groups.flatMap((group) => group.tools).length;
  const limited = LISTS.filter((kind) => isLimited(policy, kind));
  return [
    describeEffects(tools),
    tools.length < all ? `${all - tools.length} further tools are switched off.` : "",
    limited.length > 0 ? `Only listed ${joinWords(limited)} are open.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function describeEffects(tools: readonly Tool[]): string {
  if (tools.length === 0) return "Nothing: no tool is offered.";
  if (tools.every(({ effect }) => effect === "read"))
    return "Read-only: no tool can change anything in Flyte.";
  const count = (effect: Tool["effect"]) => tools.filter((tool) => tool.effect === effect).length;
  return `Reading and writing: of ${tools.length} tools ${count("read")} read, ${count("write")} write and ${count("destructive")} can stop or remove things.`;
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
