import { create } from "@bufbuild/protobuf";
import {
  AppSchema,
  Spec_DesiredState as DesiredState,
  Status_DeploymentStatus as Status,
} from "@flyte-mcp/idl/app/app_definition";
import { isThere, judge, newAfterMs } from "./judge.ts";
import type { Sighting } from "./judge.ts";

function appIn(status: Status, atS: number, desiredState = DesiredState.ACTIVE, currentReplicas = 0) {
  const condition = { deploymentStatus: status, lastTransitionTime: { seconds: BigInt(atS) } };
  return create(AppSchema, { spec: { desiredState }, status: { conditions: [condition], currentReplicas } });
}

const START: Sighting = {
  target: "active",
  changedBeforeMs: 100_000,
  seenForMs: 0,
  wasUp: false,
  wasUnderWay: false,
};
const STOP: Sighting = { ...START, target: "stopped" };
const { ACTIVE, STOPPED, STARTED } = DesiredState;

describe("whether an app has reached its target", () => {
  it.each([
    ["a new active", appIn(Status.ACTIVE, 101), START, "reached"],
    ["the name that it had earlier", appIn(Status.STARTED, 101), START, "reached"],
    ["an active from before", appIn(Status.ACTIVE, 90), START, "wait"],
    ["one from before that has replicas", appIn(Status.ACTIVE, 90, ACTIVE, 1), START, "reached"],
    ["one from before that holds", appIn(Status.ACTIVE, 90), { ...START, seenForMs: 2_000 }, "reached"],
    ["one after it was under way", appIn(Status.ACTIVE, 90), { ...START, wasUnderWay: true }, "reached"],
    ["a first active of all", appIn(Status.ACTIVE, 90), { ...START, changedBeforeMs: undefined }, "reached"],
    ["a new failure", appIn(Status.FAILED, 101), START, "failed"],
    ["a failure from before", appIn(Status.FAILED, 90), { ...START, seenForMs: 9_000 }, "wait"],
    ["one that stands", appIn(Status.FAILED, 90), { ...START, seenForMs: 10_000 }, "failed"],
    ["not yet assigned", appIn(Status.UNASSIGNED, 101), { ...START, wasUp: true, seenForMs: 9_000 }, "wait"],
    ["still stopped", appIn(Status.STOPPED, 101), { ...START, seenForMs: 9_000 }, "wait"],
    ["a late word of a stop", appIn(Status.STOPPED, 101), { ...START, wasUp: true }, "wait"],
    ["stopped again", appIn(Status.STOPPED, 101), { ...START, wasUp: true, seenForMs: 2_000 }, "stopped"],
    ["a stop", appIn(Status.STOPPED, 101, STOPPED), STOP, "reached"],
    ["a stop that leaves it unassigned", appIn(Status.UNASSIGNED, 101, STOPPED), STOP, "reached"],
    ["scaled to zero but to be active", appIn(Status.STOPPED, 101, ACTIVE), STOP, "wait"],
    ["not yet stopped", appIn(Status.ACTIVE, 90, STOPPED), STOP, "wait"],
    ["failed, to be stopped", appIn(Status.FAILED, 101, STOPPED), STOP, "wait"],
  ] as const)("is told by its status: %s", (_what, app, sighting, verdict) => {
    expect(judge(app, sighting)).toBe(verdict);
  });

  it("takes a stop for as old as the second in which it is told, all else for as old as it is", () => {
    expect(newAfterMs(appIn(Status.FAILED, 7))).toBe(7_000);
    const stopped = appIn(Status.STOPPED, 7, STOPPED);
    Object.assign(stopped.status?.conditions[0]?.lastTransitionTime ?? {}, { nanos: 600_000_000 });
    expect(newAfterMs(stopped)).toBe(6_999);
    expect(newAfterMs(create(AppSchema))).toBeUndefined();
  });

  it.each([
    [Status.ACTIVE, ACTIVE, "active", true],
    [Status.ACTIVE, STARTED, "active", true],
    [Status.ACTIVE, STOPPED, "active", false],
    [Status.STOPPED, STOPPED, "stopped", true],
    [Status.STOPPED, ACTIVE, "stopped", false],
    [Status.UNASSIGNED, STOPPED, "stopped", true],
    [Status.UNASSIGNED, ACTIVE, "stopped", false],
    [Status.FAILED, STOPPED, "stopped", false],
  ] as const)("needs the status and what is wanted: %d, %d, %s", (status, desired, target, there) => {
    expect(isThere(appIn(status, 1, desired), target)).toBe(there);
  });
});
