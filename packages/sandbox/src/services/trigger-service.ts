import { clone } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import type { ListTriggersRequest, TriggerService } from "@flyte-mcp/idl/trigger/trigger_service";
import { TriggerRevisionAction, TriggerSpecSchema } from "@flyte-mcp/idl/trigger/trigger_definition";
import { invalidArgument, notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import type { Listing } from "../query/list-query.ts";
import { readListQuery, takePage } from "../query/list-query.ts";
import { integer, text, time } from "../query/columns.ts";
import { TRIGGER_LISTING } from "../query/task-columns.ts";
import type { TriggerRevisionRow, TriggerRow } from "../state/state.ts";
import { findTrigger, triggerNotFound } from "../state/triggers.ts";
import { addRevision, deleteTrigger, readAutomation, saveTrigger } from "./deploy-trigger.ts";

const REVISION_LISTING: Listing<TriggerRevisionRow> = {
  failure: "failed to list trigger revisions",
  defaultOrder: () => 0,
  columns: {
    revision: integer(({ revision }) => revision.id?.revision),
    deployed_at: time(({ revision }) => revision.status?.deployedAt),
    updated_at: time(({ revision }) => revision.status?.updatedAt),
    action: text(({ revision }) => TriggerRevisionAction[revision.action]),
  },
};

export function createTriggerService(plane: Plane): ServiceImpl<typeof TriggerService> {
  return {
    deployTrigger({ name, spec, automationSpec, revision }) {
      if (!name || !spec) throw invalidArgument("name and spec are required");
      const automation = readAutomation(name.name, automationSpec);
      return { trigger: toDetails(saveTrigger(plane, name, spec, automation, revision)) };
    },
    getTriggerDetails({ name }) {
      const row = findTrigger(plane, name);
      if (!row) throw notFound(triggerNotFound(name));
      return { trigger: toDetails(row) };
    },
    getTriggerRevisionDetails: ({ id }) => ({ trigger: readRevision(plane, id) }),
    getTriggerRevisionHistory({ name, request }) {
      const query = readListQuery(request, REVISION_LISTING);
      const revisions = listRevisions(plane, name);
      // Flyte checks the order and the filters here, but does not use them.
      const { page, token } = takePage(
        revisions,
        { ...query, matches: () => true, compare: () => 0 },
        "after full page",
      );
      return { triggers: page.map(({ revision }) => revision), token };
    },
    listTriggers(request) {
      const query = readListQuery(request.request, TRIGGER_LISTING);
      const rows = plane.state.triggers.filter((row) => !row.deletedAt && isInScope(row, request));
      const { page, token } = takePage(rows, query, "after full page");
      return { triggers: page.map(toListed), token };
    },
    updateTriggers({ names, active }) {
      for (const row of names.map((name) => findTrigger(plane, name))) if (row) setActive(plane, row, active);
      return {};
    },
    deleteTriggers({ names }) {
      for (const row of names.map((name) => findTrigger(plane, name))) if (row) deleteTrigger(plane, row);
      return {};
    },
  };
}

/** A trigger that is in that state already gets no further revision. */
function setActive(plane: Plane, row: TriggerRow, active: boolean): void {
  if (row.spec.active === active) return;
  row.spec.active = active;
  row.updatedAt = plane.clock();
  addRevision(plane, row, active ? TriggerRevisionAction.ACTIVATE : TriggerRevisionAction.DEACTIVATE);
}

function listRevisions(plane: Plane, name: Parameters<typeof findTrigger>[1]): TriggerRevisionRow[] {
  const rows = plane.state.triggers.filter(
    (row) =>
      row.name.name === name?.name &&
      row.name.taskName === name.taskName &&
      row.name.project === name.project &&
      row.name.domain === name.domain,
  );
  return rows.flatMap(({ revisions }) => revisions);
}

function readRevision(
  plane: Plane,
  id: Parameters<ServiceImpl<typeof TriggerService>["getTriggerRevisionDetails"]>[0]["id"],
) {
  const found = listRevisions(plane, id?.name).find(({ revision }) => revision.id?.revision === id?.revision);
  const { project, domain, taskName, name } = id?.name ?? {};
  const path = `${[project, domain, taskName, name].join("/")}@${id?.revision ?? 0n}`;
  if (!found) throw notFound(`trigger revision not found: ${path}: sql: no rows in result set`);
  const { revision, spec, automation } = found;
  return { id: revision.id, spec, status: revision.status, automationSpec: automation };
}

function toDetails({ name, revision, spec, automation, ...row }: TriggerRow) {
  const { deployedAt, updatedAt, triggeredAt } = row;
  return {
    id: { name, revision },
    spec: clone(TriggerSpecSchema, spec),
    status: { deployedAt, updatedAt, triggeredAt },
    automationSpec: automation,
  };
}

function toListed(row: TriggerRow) {
  const { id, status, automationSpec } = toDetails(row);
  return { id, status, automationSpec, active: row.spec.active };
}

function isInScope({ name, spec }: TriggerRow, { scopeBy }: ListTriggersRequest): boolean {
  if (scopeBy.case === "projectId")
    return name.project === scopeBy.value.name && name.domain === scopeBy.value.domain;
  if (scopeBy.case !== "taskName" && scopeBy.case !== "taskId") return true;
  const { project, domain, name: taskName } = scopeBy.value;
  if (name.project !== project || name.domain !== domain || name.taskName !== taskName) return false;
  return scopeBy.case === "taskName" || spec.taskVersion === scopeBy.value.version;
}
