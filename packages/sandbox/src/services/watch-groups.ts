import type { MessageInitShape } from "@bufbuild/protobuf";
import { ActionPhase } from "@flyte-mcp/idl/common/phase";
import type { TaskGroupSchema } from "@flyte-mcp/idl/workflow/run_definition";
import type { WatchGroupsRequest, WatchGroupsResponseSchema } from "@flyte-mcp/idl/workflow/run_service";
import { compareTimes } from "../clock.ts";
import type { Plane } from "../plane.ts";
import type { ActionRow } from "../state/state.ts";
import { functionName } from "../state/action-wire.ts";
import { sleep } from "../watch/sleep.ts";

const POLL_MS = 5000;
const RECENT = 10;

/** Runs by task: one answer if the request has an end date, else one every five seconds. */
export async function* watchGroups(
  plane: Plane,
  request: WatchGroupsRequest,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchGroupsResponseSchema>> {
  yield { taskGroups: listGroups(plane, request), sentinel: true };
  const ending = AbortSignal.any([signal, plane.closing.signal]);
  while (!request.endDate && (await sleep(POLL_MS, ending))) {
    const taskGroups = listGroups(plane, request);
    if (taskGroups.length > 0) yield { taskGroups, sentinel: true };
  }
}

function listGroups(plane: Plane, request: WatchGroupsRequest) {
  const runs = plane.state.actions
    .filter((row) => row.parent === "" && isAsked(row, request))
    .sort((a, b) => compareTimes(b.createdAt, a.createdAt));
  const names = [...new Set(runs.map(functionName))];
  return names.map((name) =>
    toGroup(
      name,
      runs.filter((row) => functionName(row) === name),
    ),
  );
}

function isAsked({ id, createdAt }: ActionRow, { scopeBy, startDate, endDate }: WatchGroupsRequest): boolean {
  const { name = "", domain = "" } = scopeBy.value ?? {};
  if (id.run?.project !== name || id.run.domain !== domain) return false;
  if (startDate && compareTimes(createdAt, startDate) < 0) return false;
  return !endDate || compareTimes(createdAt, endDate) <= 0;
}

function toGroup(taskName: string, runs: ActionRow[]): MessageInitShape<typeof TaskGroupSchema> {
  const phases = [...new Set(runs.map(({ phase }) => phase))];
  const count = (wanted: ActionPhase) => runs.filter(({ phase }) => phase === wanted).length;
  return {
    taskName,
    totalRuns: BigInt(runs.length),
    latestRunTime: runs[0]?.createdAt,
    recentStatuses: runs.slice(0, RECENT).map(({ id, phase }) => ({ runName: id.run?.name ?? "", phase })),
    averageFailureRate: count(ActionPhase.FAILED) / runs.length,
    phaseCounts: phases.map((phase) => ({ phase, count: BigInt(count(phase)) })),
  };
}
