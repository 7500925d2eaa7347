import { compareTimes } from "../clock.ts";
import type { Plane } from "../plane.ts";
import type { TaskRow, TriggerRow } from "../state/state.ts";
import { listTaskTriggers } from "../state/tasks.ts";
import { flag, integer, text, time } from "./columns.ts";
import type { Listing } from "./list-query.ts";

/** Tasks, newest first. */
export const taskListing = (plane: Plane): Listing<TaskRow> => ({
  failure: "failed to list tasks",
  defaultOrder: (a, b) => compareTimes(b.createdAt, a.createdAt),
  columns: {
    project: text(({ id }) => id.project),
    domain: text(({ id }) => id.domain),
    name: text(({ id }) => id.name),
    version: text(({ id }) => id.version),
    environment: text(({ spec }) => spec.environment?.name),
    function_name: text(({ spec }) => spec.shortName),
    deployed_by: text(() => undefined),
    created_at: time((row) => row.createdAt),
    updated_at: time((row) => row.updatedAt),
    trigger_name: text((row) => {
      const triggers = listTaskTriggers(plane, row.id);
      return triggers.length === 1 ? triggers[0]?.name.name : undefined;
    }),
    total_triggers: integer((row) => listTaskTriggers(plane, row.id).length),
    active_triggers: integer(
      (row) => listTaskTriggers(plane, row.id).filter(({ spec }) => spec.active).length,
    ),
    env_description: text(({ spec }) => spec.environment?.description),
    short_description: text(({ spec }) => spec.documentation?.shortDescription),
  },
});

/** Versions of one task, newest first. */
export const VERSION_LISTING: Listing<TaskRow> = {
  failure: "failed to list versions",
  defaultOrder: (a, b) => compareTimes(b.createdAt, a.createdAt),
  columns: { version: text(({ id }) => id.version), created_at: time((row) => row.createdAt) },
};

/** Triggers, active ones first, then those changed last. */
export const TRIGGER_LISTING: Listing<TriggerRow> = {
  failure: "failed to list triggers",
  defaultOrder: (a, b) =>
    Number(b.spec.active) - Number(a.spec.active) || compareTimes(b.updatedAt, a.updatedAt),
  columns: {
    project: text(({ name }) => name.project),
    domain: text(({ name }) => name.domain),
    task_name: text(({ name }) => name.taskName),
    name: text(({ name }) => name.name),
    active: flag(({ spec }) => spec.active),
    deployed_at: time((row) => row.deployedAt),
    updated_at: time((row) => row.updatedAt),
    task_version: text(({ spec }) => spec.taskVersion),
    automation_type: text(({ automation }) =>
      automation.automation.case === "schedule" ? "TYPE_SCHEDULE" : "TYPE_NONE",
    ),
  },
};
