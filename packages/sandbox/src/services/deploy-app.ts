import { clone, toBinary } from "@bufbuild/protobuf";
import type { Identifier, Spec } from "@flyte-mcp/idl/app/app_definition";
import { IdentifierSchema, SpecSchema } from "@flyte-mcp/idl/app/app_definition";
import { publishApp, settleApp } from "../executor/app-start.ts";
import type { Plane } from "../plane.ts";
import { findApp } from "../state/apps.ts";
import type { AppRow } from "../state/state.ts";

/** Starts an app, a new one or one that is there; the same spec again changes nothing of one that is not stopped. */
export function deployApp(plane: Plane, id: Identifier, asked: Spec): void {
  const spec = clone(SpecSchema, asked);
  const row = findApp(plane, id);
  if (!row) return createApp(plane, id, spec);
  if (!row.isStopped && isSameSpec(row.spec, spec)) return;
  change(plane, row, { spec, isStopped: false });
}

/** Scales an app to zero and leaves the rest of its spec as it is. */
export function stopApp(plane: Plane, id: Identifier): void {
  const row = findApp(plane, id);
  if (row && !row.isStopped) change(plane, row, { isStopped: true });
}

function createApp(plane: Plane, id: Identifier, spec: Spec): void {
  const row: AppRow = {
    id: clone(IdentifierSchema, id),
    spec,
    isStopped: false,
    conditions: [],
    createdAt: plane.clock(),
    generation: 1,
  };
  plane.state.apps.push(row);
  publishApp(plane, row, "create");
  plane.changed();
  void settleApp(plane, row);
}

/** Until Knative comes to it, a started app still shows the conditions from before. */
function change(plane: Plane, row: AppRow, changes: Partial<AppRow>): void {
  Object.assign(row, changes, { generation: row.generation + 1 });
  publishApp(plane, row, "update");
  plane.changed();
  void settleApp(plane, row);
}

/** By what would be stored, so that also what this contract does not know is a change. */
function isSameSpec(left: Spec, right: Spec): boolean {
  return Buffer.compare(toBinary(SpecSchema, left), toBinary(SpecSchema, right)) === 0;
}
