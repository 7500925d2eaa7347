import type { MessageInitShape } from "@bufbuild/protobuf";
import type { WatchRequest, WatchResponse, WatchResponseSchema } from "@flyte-mcp/idl/app/app_payload";
import { unimplemented } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { notifyDelayMs } from "../plane.ts";
import { toApp } from "../state/apps.ts";
import { appsOf } from "./list-apps.ts";

/** The app as it is, if it is there, then its changes without end; those of its namesakes in other projects come along. */
export async function* watchApp(
  plane: Plane,
  { target }: WatchRequest,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchResponseSchema>> {
  const { watch: trouble } = plane.appTrouble;
  if (trouble === "missing") throw unimplemented("flyteidl2.app.AppService.Watch is not implemented");
  if (target.case !== "appId") throw unimplemented("only app_id watch target is supported");
  const { project, domain, name } = target.value;
  const changes = plane.appEvents.subscribe(signal, notifyDelayMs(plane));
  for (const row of appsOf(plane, project, domain))
    if (row.id.name === name) yield { event: { case: "createEvent", value: { app: toApp(plane, row) } } };
  if (trouble === "ends") return;
  for await (const event of changes) if (nameOf(event) === name && trouble !== "silent") yield event;
}

function nameOf({ event }: WatchResponse): string | undefined {
  const app = event.case === "updateEvent" ? event.value.updatedApp : event.value?.app;
  return app?.metadata?.id?.name;
}
