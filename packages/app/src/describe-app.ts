import { isoTime } from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import { z } from "zod";
import { conditionMessage, isMeantToStop, lastCondition, statusName, substateName } from "./app-status.ts";

/** How one app is. */
export const appOutput = z.object({
  name: z.string(),
  project: z.string(),
  domain: z.string(),
  status: z.string(),
  substate: z.string().optional(),
  message: z.string().optional().describe("What Flyte says of the status."),
  status_since: z.string().optional(),
  desired_state: z.enum(["active", "stopped"]),
  endpoint: z.string().optional().describe("Where the app itself answers."),
  url: z.string().optional().describe("Its page in the Flyte console."),
  current_replicas: z.number().optional(),
  revision: z.number().optional(),
  created_at: z.string().optional(),
  last_updated_at: z.string().optional(),
});

export type AppAnswer = z.input<typeof appOutput>;

/** The summary of an app, without its spec. */
export function describeApp(app: App, consoleUrl: ToolContext["consoleUrl"]): AppAnswer {
  const { name = "", project = "", domain = "" } = app.metadata?.id ?? {};
  const condition = lastCondition(app);
  const { status } = app;
  return {
    name,
    project,
    domain,
    status: statusName(app),
    substate: substateName(condition),
    message: conditionMessage(condition),
    status_since: isoTime(condition?.lastTransitionTime),
    desired_state: isMeantToStop(app) ? "stopped" : "active",
    endpoint: endpointOf(app),
    url: consoleUrl({ kind: "apps", project, domain, path: [name] }),
    current_replicas: status?.currentReplicas || undefined,
    revision: Number(app.metadata?.revision ?? 0n) || undefined,
    created_at: isoTime(status?.createdAt),
    last_updated_at: isoTime(status?.lastUpdatedAt),
  };
}

function endpointOf({ status }: App): string | undefined {
  const { publicUrl, cnameUrl, vpcUrl } = status?.ingress ?? {};
  return publicUrl || cnameUrl || vpcUrl || undefined;
}
