import { FixedRateUnit, TriggerAutomationSpecType as Type } from "@flyte-mcp/idl/task/common";
import type { ArtifactTrigger, FixedRate, Schedule, TriggerAutomationSpec } from "@flyte-mcp/idl/task/common";

/** What starts a trigger, in one line; the words are those of the Flyte SDK. */
export function describeAutomation(spec: TriggerAutomationSpec | undefined): string {
  const type = spec?.type ?? Type.TYPE_UNSPECIFIED;
  if (type === Type.TYPE_NONE) return "none";
  if (spec?.automation.case === "schedule") return describeSchedule(spec.automation.value);
  if (spec?.automation.case === "artifact") return describeArtifact(spec.automation.value);
  return Type[type] ?? `TYPE_${type}`;
}

/** False where only people start a trigger, so that nobody can call it paused. */
export function hasAutomation(spec: TriggerAutomationSpec | undefined): boolean {
  return spec !== undefined && spec.type !== Type.TYPE_NONE;
}

function describeSchedule({ expression }: Schedule): string {
  if (expression.case === "cron")
    return `cron: ${expression.value.expression} (${expression.value.timezone || "UTC"})`;
  if (expression.case === "cronExpression") return `cron: ${expression.value}`;
  return expression.case === "rate" ? describeRate(expression.value) : "schedule: unset";
}

function describeRate({ value, unit, startTime }: FixedRate): string {
  const name = (FixedRateUnit[unit] ?? `unit ${unit}`).toLowerCase();
  const start = startTime ? new Date(Number(startTime.seconds) * 1000).toISOString() : undefined;
  const when = start === undefined ? "now" : start.slice(0, 19).replace("T", " ");
  return `every ${value} ${name}${value === 1 ? "" : "s"} starting at ${when}`;
}

function describeArtifact({ artifactName, version, inputArg }: ArtifactTrigger): string {
  return `on artifact: ${artifactName}${version && `@${version}`}${inputArg && ` -> ${inputArg}`}`;
}
