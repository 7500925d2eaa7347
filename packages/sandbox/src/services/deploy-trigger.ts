import { clone, create } from "@bufbuild/protobuf";
import type { TriggerName } from "@flyte-mcp/idl/common/identifier";
import { TriggerNameSchema } from "@flyte-mcp/idl/common/identifier";
import type { TriggerAutomationSpec } from "@flyte-mcp/idl/task/common";
import { TriggerAutomationSpecSchema, TriggerAutomationSpecType } from "@flyte-mcp/idl/task/common";
import type { TaskIdentifier, TaskTrigger } from "@flyte-mcp/idl/task/task_definition";
import type { TriggerSpec } from "@flyte-mcp/idl/trigger/trigger_definition";
import {
  TriggerRevisionAction,
  TriggerRevisionSchema,
  TriggerSpecSchema,
} from "@flyte-mcp/idl/trigger/trigger_definition";
import { laterOf } from "../clock.ts";
import { internal, invalidArgument } from "../errors.ts";
import type { Plane } from "../plane.ts";
import type { TriggerRow } from "../state/state.ts";
import { cronError } from "./cron.ts";

/** Stores a trigger or its next revision; a revision that is not the present one is refused. */
export function saveTrigger(
  plane: Plane,
  wanted: TriggerName,
  spec: TriggerSpec,
  automation: TriggerAutomationSpec,
  expectedRevision = 0n,
): TriggerRow {
  const { project, domain, name, taskName } = wanted;
  const key = create(TriggerNameSchema, { project, domain, name, taskName });
  const now = plane.clock();
  const known = plane.state.triggers.find((row) => keyOf(row.name) === keyOf(key));
  if (known && expectedRevision > 0n && known.revision !== expectedRevision)
    throw internal(
      "optimistic lock failure: trigger was modified concurrently, please fetch latest and retry",
    );
  const row = known ?? {
    name: key,
    revision: 0n,
    spec,
    automation,
    deployedAt: now,
    updatedAt: now,
    revisions: [],
  };
  if (!known) plane.state.triggers.push(row);
  if (row.spec.active !== spec.active) row.updatedAt = now;
  Object.assign(row, {
    spec: clone(TriggerSpecSchema, spec),
    automation,
    deployedAt: now,
    deletedAt: undefined,
  });
  addRevision(plane, row, TriggerRevisionAction.DEPLOY);
  return row;
}

function keyOf({ project, domain, taskName, name }: TriggerName): string {
  return [project, domain, taskName, name].join("/");
}

/** Counts the revision up and keeps what the trigger is at this moment. */
export function addRevision(plane: Plane, row: TriggerRow, action: TriggerRevisionAction): void {
  row.revision += 1n;
  const { deployedAt, updatedAt, triggeredAt, deletedAt } = row;
  const createdAt = laterOf(laterOf(deployedAt, updatedAt), deletedAt ?? deployedAt);
  const revision = create(TriggerRevisionSchema, {
    id: { name: row.name, revision: row.revision },
    status: { deployedAt, updatedAt, triggeredAt, deletedAt },
    action,
    createdAt,
  });
  row.revisions.unshift({ revision, spec: clone(TriggerSpecSchema, row.spec), automation: row.automation });
  plane.changed();
}

/** The automation with its type, as Flyte derives it; throws `invalid_argument` for a bad cron expression. */
export function readAutomation(
  triggerName: string,
  given: TriggerAutomationSpec | undefined,
): TriggerAutomationSpec {
  const automation = clone(TriggerAutomationSpecSchema, given ?? create(TriggerAutomationSpecSchema));
  const schedule = automation.automation.case === "schedule" ? automation.automation.value : undefined;
  const error = schedule && cronError(schedule);
  if (error) throw invalidArgument(`trigger "${triggerName}" has invalid cron expression: ${error}`);
  automation.type = schedule ? TriggerAutomationSpecType.TYPE_SCHEDULE : TriggerAutomationSpecType.TYPE_NONE;
  return automation;
}

/** Checks the triggers that come with a task, then gives back what stores them and drops those not named. */
export function deployTaskTriggers(
  plane: Plane,
  task: TaskIdentifier,
  triggers: readonly TaskTrigger[],
): () => void {
  const checked = triggers.map((trigger) => ({
    trigger,
    automation: readAutomation(trigger.name, trigger.automationSpec),
  }));
  const { project, domain, name: taskName, version: taskVersion } = task;
  return () => {
    if (checked.length > 0) dropOthers(plane, task, new Set(triggers.map(({ name }) => name)));
    for (const { trigger, automation } of checked) {
      const { active = false, inputWrapper, runSpec, description = "" } = trigger.spec ?? {};
      const spec = create(TriggerSpecSchema, {
        ...{ active, description, taskVersion },
        ...(inputWrapper ? { inputWrapper } : {}),
        ...(runSpec ? { runSpec } : {}),
      });
      const name = create(TriggerNameSchema, { project, domain, taskName, name: trigger.name });
      saveTrigger(plane, name, spec, automation);
    }
  };
}

function dropOthers(plane: Plane, task: TaskIdentifier, kept: ReadonlySet<string>): void {
  const { project, domain, name } = task;
  plane.state.triggers
    .filter((row) => row.name.project === project && row.name.domain === domain && row.name.taskName === name)
    .filter((row) => !row.deletedAt && !kept.has(row.name.name))
    .forEach((row) => deleteTrigger(plane, row));
}

/** A deleted trigger keeps its history, but is found no more. */
export function deleteTrigger(plane: Plane, row: TriggerRow): void {
  row.deletedAt = plane.clock();
  row.spec.active = false;
  addRevision(plane, row, TriggerRevisionAction.DELETE);
}
