import { create } from "@bufbuild/protobuf";
import type { TaskIdentifier, TaskMetadata, TaskSpec } from "@flyte-mcp/idl/task/task_definition";
import {
  TaskIdentifierSchema,
  TaskMetadataSchema,
  TaskTriggersSummarySchema,
} from "@flyte-mcp/idl/task/task_definition";
import type { Plane } from "../plane.ts";
import type { TaskRow, TriggerRow } from "./state.ts";

export function findTask(plane: Plane, id: TaskIdentifier | undefined): TaskRow | undefined {
  return plane.state.tasks.find((row) => taskNotFound(row.id) === taskNotFound(id));
}

/** What Flyte says of a task version that is not there. */
export function taskNotFound(id: TaskIdentifier | undefined): string {
  return `task not found: {${id?.project ?? ""} ${id?.domain ?? ""} ${id?.name ?? ""} ${id?.version ?? ""}}`;
}

/** Stores a task version; one that is there already is overwritten and keeps its date. */
export function putTask(plane: Plane, id: TaskIdentifier, spec: TaskSpec): void {
  shortenTexts(spec);
  const now = plane.clock();
  const known = findTask(plane, id);
  if (known) Object.assign(known, { spec, updatedAt: now });
  else plane.state.tasks.push({ id: withoutOrg(id), spec, createdAt: now, updatedAt: now });
  plane.changed();
}

/** Flyte cuts descriptions off rather than refuse them. */
function shortenTexts({ documentation, environment }: TaskSpec): void {
  if (environment) environment.description = environment.description.slice(0, 255);
  if (!documentation) return;
  documentation.shortDescription = documentation.shortDescription.slice(0, 255);
  documentation.longDescription = documentation.longDescription.slice(0, 2048);
}

/** Flyte returns no organisation in the ids it gives. */
export function withoutOrg({ project, domain, name, version }: TaskIdentifier): TaskIdentifier {
  return create(TaskIdentifierSchema, { project, domain, name, version });
}

/** What lists and details say about a deployed version. */
export function toTaskMetadata(plane: Plane, { id, spec, createdAt }: TaskRow): TaskMetadata {
  return create(TaskMetadataSchema, {
    shortName: spec.shortName || (id.name.split(".").at(-1) ?? ""),
    deployedAt: createdAt,
    environmentName: spec.environment?.name ?? "",
    shortDescription: spec.documentation?.shortDescription ?? "",
    triggersSummary: toTriggersSummary(plane, id),
  });
}

/** The triggers that launch this version. */
export function listTaskTriggers(plane: Plane, id: TaskIdentifier): TriggerRow[] {
  return plane.state.triggers.filter(
    ({ name, spec, deletedAt }) =>
      !deletedAt &&
      name.project === id.project &&
      name.domain === id.domain &&
      name.taskName === id.name &&
      spec.taskVersion === id.version,
  );
}

function toTriggersSummary(plane: Plane, id: TaskIdentifier): TaskMetadata["triggersSummary"] {
  const triggers = listTaskTriggers(plane, id);
  const [only] = triggers;
  if (!only) return undefined;
  const active = triggers.filter(({ spec }) => spec.active).length;
  const details = { name: only.name.name, active: active > 0, automationSpec: only.automation };
  const stats = { total: triggers.length, active };
  return create(TaskTriggersSummarySchema, {
    summary: triggers.length === 1 ? { case: "details", value: details } : { case: "stats", value: stats },
  });
}
