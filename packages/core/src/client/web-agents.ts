import { createAgents } from "./agents.ts";
import type { AgentFor } from "./agents.ts";
import { createProxyChoice } from "./choose-proxy.ts";

/** Agents for public sites: the proxies of the environment and Node's own trust, nothing of what the plane is reached with. */
export function createWebAgents(env: Record<string, string | undefined> = process.env): AgentFor {
  return createAgents({}, createProxyChoice({ env }));
}
