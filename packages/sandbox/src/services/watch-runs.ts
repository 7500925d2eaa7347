import type { MessageInitShape } from "@bufbuild/protobuf";
import type { WatchRunsRequest, WatchRunsResponseSchema } from "@flyte-mcp/idl/workflow/run_service";
import type { Plane } from "../plane.ts";
import { notifyDelayMs } from "../plane.ts";
import { ACTION_LISTING } from "../query/action-columns.ts";
import { toRun } from "../state/action-wire.ts";
import type { ActionRow } from "../state/state.ts";

const SNAPSHOT_LIMIT = 100;

/** The first hundred runs, then each that changes; only a project narrows it down, and it never ends. */
export async function* watchRuns(
  plane: Plane,
  { target }: WatchRunsRequest,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchRunsResponseSchema>> {
  const isWatched = ({ id }: ActionRow) =>
    target.case !== "projectId" ||
    (id.run?.project === target.value.name && id.run.domain === target.value.domain);
  const changes = plane.runChanges.subscribe(signal, notifyDelayMs(plane));
  const runs = plane.state.actions.filter((row) => row.parent === "" && isWatched(row));
  const snapshot = runs.sort(ACTION_LISTING.defaultOrder).slice(0, SNAPSHOT_LIMIT);
  if (snapshot.length > 0) yield { runs: snapshot.map(toRun) };
  for await (const row of changes) if (isWatched(row)) yield { runs: [toRun(row)] };
}
