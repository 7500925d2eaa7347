import { redact } from "@flyte-mcp/core";
import type { App, Condition } from "@flyte-mcp/idl/app/app_definition";
import {
  Spec_DesiredState as DesiredState,
  Status_DeploymentStatus as DeploymentStatus,
  Status_Substate as Substate,
} from "@flyte-mcp/idl/app/app_definition";

/** What a status means for whoever wants the app started or stopped. */
export type StatusClass = "active" | "stopped" | "failed" | "in_progress";

/** The condition that tells how the app is: the last one, as in Flyte's own console. */
export function lastCondition(app: App): Condition | undefined {
  return app.status?.conditions.at(-1);
}

/** Unassigned is how an app that was stopped stays, but also how each one begins. */
export function statusClass(app: App): StatusClass {
  const status = lastCondition(app)?.deploymentStatus;
  if (status === DeploymentStatus.ACTIVE || status === DeploymentStatus.STARTED) return "active";
  if (status === DeploymentStatus.FAILED) return "failed";
  const isLeft = status === DeploymentStatus.UNASSIGNED && isMeantToStop(app);
  return status === DeploymentStatus.STOPPED || isLeft ? "stopped" : "in_progress";
}

export function isMeantToStop(app: App): boolean {
  return app.spec?.desiredState === DesiredState.STOPPED;
}

/** A status in lower case; `unspecified` before Flyte has told any. Newer planes may know more than we do. */
export function statusName(app: App): string {
  const status = lastCondition(app)?.deploymentStatus ?? DeploymentStatus.UNSPECIFIED;
  return DeploymentStatus[status]?.toLowerCase() ?? `status_${status}`;
}

/** What Flyte tells beyond the status, undefined where it is silent. */
export function substateName(condition: Condition | undefined): string | undefined {
  const substate = condition?.substate ?? Substate.SUBSTATE_UNSPECIFIED;
  if (substate === Substate.SUBSTATE_UNSPECIFIED) return undefined;
  return Substate[substate]?.toLowerCase() ?? `substate_${substate}`;
}

/** Messages come from containers too, whose words may hold credentials. */
export function conditionMessage(condition: Condition | undefined): string | undefined {
  return condition?.message ? redact(condition.message.slice(0, 1_000)) : undefined;
}

/** The reason that Flyte gives for the app's status, empty where it is silent. */
export function whyFailed(app: App): string {
  const condition = lastCondition(app);
  const why = [substateName(condition)?.replaceAll("_", " "), conditionMessage(condition)];
  return why.filter((part) => part !== undefined).join(": ");
}

/** Milliseconds since the epoch of the last change of status, undefined where it is not told. */
export function changedAtMs(app: App): number | undefined {
  const time = lastCondition(app)?.lastTransitionTime;
  return time && Number(time.seconds) * 1_000 + time.nanos / 1e6;
}
