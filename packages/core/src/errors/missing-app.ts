import { AppService } from "@flyte-mcp/idl/app/app_service";
import type { Scope, ToolContext } from "../contract.ts";
import { didYouMean } from "../nearest.ts";
import type { Explanation } from "./tool-error.ts";

const MOST_APPS = 200;

/** Says that an app is not there, with near names. */
export async function explainApp(
  reads: ToolContext["flyte"],
  name: string,
  place: Scope,
): Promise<Explanation> {
  const names = await appNames(reads, place).catch((): string[] => []);
  const message = `There is no app "${name}" in ${place.project}/${place.domain}.${didYouMean(name, names)}`;
  return { code: "not_found", message, hint: "Call list_apps to see what exists.", retryable: false };
}

async function appNames(reads: ToolContext["flyte"], { org, project, domain }: Scope): Promise<string[]> {
  const filterBy = { case: "project", value: { organization: org, name: project, domain } } as const;
  const { apps } = await reads(AppService).list({ request: { limit: MOST_APPS }, filterBy });
  return apps.flatMap(({ metadata }) => metadata?.id?.name ?? []);
}
