import { create } from "@bufbuild/protobuf";
import type { Condition } from "@flyte-mcp/idl/app/app_definition";
import {
  ConditionSchema,
  Status_DeploymentStatus as DeploymentStatus,
} from "@flyte-mcp/idl/app/app_definition";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { WatchResponseSchema } from "@flyte-mcp/idl/app/app_payload";
import type { Plane } from "../plane.ts";
import { toApp } from "../state/apps.ts";
import type { AppRow } from "../state/state.ts";
import { sleep } from "../watch/sleep.ts";

const READY = ["Service is ready", "Configuration is ready", "Routes are ready"];
const BROKEN = "RevisionFailed: container exited 1";
const PENDING = ["Deploying: waiting for the first replica"];

/** Tells watchers what has become of an app. */
export function publishApp(plane: Plane, row: AppRow, change: "create" | "update" | "delete"): void {
  const app = toApp(plane, row);
  const event =
    change === "create"
      ? ({ case: "createEvent", value: { app } } as const)
      : change === "update"
        ? ({ case: "updateEvent", value: { updatedApp: app } } as const)
        : ({ case: "deleteEvent", value: { app } } as const);
  plane.appEvents.publish(create(WatchResponseSchema, { event }));
}

/** What Knative makes of an app a moment after it was started or stopped, unless it was changed again by then. */
export async function settleApp(plane: Plane, row: AppRow): Promise<void> {
  const { generation } = row;
  const { startMs } = plane.appTrouble;
  const isSlow = startMs !== undefined && !row.isStopped;
  if (isSlow) {
    row.conditions = conditionsOf(DeploymentStatus.PENDING, PENDING, plane.clock());
    publishApp(plane, row, "update");
  }
  const slept = await sleep(isSlow ? startMs : plane.paceMs, plane.closing.signal);
  if (!slept || row.generation !== generation) return;
  row.conditions = settledConditions(row.id.name, plane.clock());
  publishApp(plane, row, "update");
  plane.changed();
}

/** The conditions of an app that is no longer starting. */
export function settledConditions(name: string, at: Timestamp): Condition[] {
  return name.endsWith("-fail")
    ? conditionsOf(
        DeploymentStatus.FAILED,
        READY.map(() => BROKEN),
        at,
      )
    : conditionsOf(DeploymentStatus.ACTIVE, READY, at);
}

function conditionsOf(status: DeploymentStatus, messages: readonly string[], at: Timestamp): Condition[] {
  const lastTransitionTime = { seconds: at.seconds };
  return messages.map((message) =>
    create(ConditionSchema, { deploymentStatus: status, message, lastTransitionTime }),
  );
}

/** Goes on with apps that were starting when the plane was closed. */
export function resumeApps(plane: Plane): void {
  const isSettled = ({ conditions }: AppRow) =>
    conditions.length > 0 &&
    conditions.every(({ deploymentStatus }) => deploymentStatus !== DeploymentStatus.PENDING);
  for (const row of plane.state.apps) if (!isSettled(row)) void settleApp(plane, row);
}
