import type { App } from "@flyte-mcp/idl/app/app_definition";
import { changedAtMs, isMeantToStop, statusClass } from "./app-status.ts";

/** Which state an app is to reach. */
export type Target = "active" | "stopped";

/** What is known of an app that was asked to change, besides how it is now. */
export interface Sighting {
  target: Target;
  /** A status that began after this is a new one; by Flyte's clock, in milliseconds. */
  changedBeforeMs: number | undefined;
  /** How long it has been seen in the same status since the request, in milliseconds. */
  seenForMs: number;
  /** Whether it has been seen since the request in another status than stopped. */
  wasUp: boolean;
  /** Whether it has been seen since the request on the way from one status to the next. */
  wasUnderWay: boolean;
}

export type Verdict = "reached" | "failed" | "stopped" | "wait";

/** A status from before the request goes over to another one within this time, or it holds. */
const STABLE_MS = 2_000;
/** A failure from before the request may stand so long until Flyte has tried again. */
const GRACE_MS = 10_000;

/** Whether an app has reached its target, cannot any more, or may yet; Flyte may at first show the status from before. */
export function judge(app: App, sighting: Sighting): Verdict {
  const status = statusClass(app);
  if (sighting.target === "stopped") {
    return status === "stopped" && isMeantToStop(app) ? "reached" : "wait";
  }
  const isFresh = hasChanged(app, sighting);
  if (status === "active") {
    const isUp = (app.status?.currentReplicas ?? 0) > 0 || isFresh || sighting.seenForMs >= STABLE_MS;
    return isUp ? "reached" : "wait";
  }
  if (status === "failed") return isFresh || sighting.seenForMs >= GRACE_MS ? "failed" : "wait";
  // A late word of the stop from before is followed by that of the start.
  return status === "stopped" && sighting.wasUp && sighting.seenForMs >= STABLE_MS ? "stopped" : "wait";
}

/** Without a time from before, any status is a new one. */
function hasChanged(app: App, { changedBeforeMs, wasUnderWay }: Sighting): boolean {
  return wasUnderWay || changedBeforeMs === undefined || (changedAtMs(app) ?? 0) > changedBeforeMs;
}

/**
 * The time after which a status is a new one, for an app as it is before the request. The open-source plane dates a
 * stop to the moment of the call, and all else to whole seconds.
 */
export function newAfterMs(app: App): number | undefined {
  const changedAt = changedAtMs(app);
  if (changedAt === undefined || statusClass(app) !== "stopped") return changedAt;
  return Math.floor(changedAt / 1_000) * 1_000 - 1;
}

/** Whether an app is in its target state and is to stay there. */
export function isThere(app: App, target: Target): boolean {
  return statusClass(app) === target && isMeantToStop(app) === (target === "stopped");
}
