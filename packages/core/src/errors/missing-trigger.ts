import { TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import type { Scope, ToolContext } from "../contract.ts";
import { didYouMean } from "../nearest.ts";
import type { Explanation } from "./tool-error.ts";

interface TriggerRef {
  name: string;
  taskName: string;
}

const MOST_TRIGGERS = 200;

/** Says that a trigger is not there, with near names; undefined when it is, so that something else is missing. */
export async function explainTrigger(
  reads: ToolContext["flyte"],
  wanted: TriggerRef,
  place: Scope,
): Promise<Explanation | undefined> {
  const known = await triggersOf(reads, place).catch((): TriggerRef[] => []);
  if (known.some((trigger) => pathOf(trigger) === pathOf(wanted))) return undefined;
  const message = `There is no trigger "${wanted.name}" of task "${wanted.taskName}" in ${place.project}/${place.domain}.`;
  const hint = "Call list_triggers to see what exists.";
  return { code: "not_found", message: message + suggest(wanted, known), hint, retryable: false };
}

/** A trigger is told by its task too, so the right name of another task is nearest. */
function suggest(wanted: TriggerRef, known: readonly TriggerRef[]): string {
  const elsewhere = known.filter(({ name }) => name === wanted.name).map(({ taskName }) => `"${taskName}"`);
  if (elsewhere.length > 0)
    return ` There is one of that name of task ${elsewhere.slice(0, 3).join(" or ")}.`;
  const siblings = known.filter(({ taskName }) => taskName === wanted.taskName).map(({ name }) => name);
  return didYouMean(wanted.name, siblings) || didYouMean(pathOf(wanted), known.map(pathOf));
}

function pathOf({ name, taskName }: TriggerRef): string {
  return `${taskName}/${name}`;
}

async function triggersOf(reads: ToolContext["flyte"], { org, project, domain }: Scope) {
  const scopeBy = { case: "projectId", value: { organization: org, name: project, domain } } as const;
  const { triggers } = await reads(TriggerService).listTriggers({
    request: { limit: MOST_TRIGGERS },
    scopeBy,
  });
  return triggers.flatMap(({ id }) => id?.name ?? []);
}
