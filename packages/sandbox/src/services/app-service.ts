import { clone, create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import type { App, Identifier, Spec } from "@flyte-mcp/idl/app/app_definition";
import {
  AppSchema,
  Spec_DesiredState as DesiredState,
  SpecSchema,
  StatusSchema,
} from "@flyte-mcp/idl/app/app_definition";
import type { AppService } from "@flyte-mcp/idl/app/app_service";
import { EnrichedIdentitySchema } from "@flyte-mcp/idl/common/identity";
import { aborted, alreadyExists, invalidArgument, notFound } from "../errors.ts";
import { publishApp } from "../executor/app-start.ts";
import type { Plane } from "../plane.ts";
import { findApp, ingressOf, readApp, toApp } from "../state/apps.ts";
import { createAppCache } from "./app-cache.ts";
import { deployApp, stopApp } from "./deploy-app.ts";
import { listApps } from "./list-apps.ts";
import { watchApp } from "./watch-app.ts";

/** Apps as the open-source plane keeps them in Kubernetes: without revisions, filters or a sort order. */
export function createAppService(plane: Plane): Partial<ServiceImpl<typeof AppService>> {
  const cache = createAppCache(plane);
  return {
    create({ app }) {
      const { asked, spec, id } = readAsked(app);
      if (spec.appPayload.case === undefined)
        throw invalidArgument("app spec must include a container or pod payload");
      if (plane.appTrouble.hosted) assertNew(plane, id);
      deployApp(plane, id, plane.appTrouble.hosted ? withCreator(spec) : spec);
      keepLabels(plane, asked);
      cache.forget(id);
      asked.status = create(StatusSchema, { ingress: ingressOf(plane, id) });
      return { app: asked };
    },
    get({ identifier }) {
      if (identifier.case !== "appId") throw invalidArgument("app_id is required");
      if (spend(plane, "unseen")) throw notFound(`app ${identifier.value.name} is not found`);
      return { app: cache.read(identifier.value) };
    },
    update({ app }) {
      if (spend(plane, "conflicts")) throw aborted("the app was changed since revision 1 was read");
      const { asked, spec, id } = readAsked(app);
      if (plane.appTrouble.hosted) assertRevision(plane, asked);
      if (spec.desiredState === DesiredState.STOPPED) stopApp(plane, id);
      else deployApp(plane, id, spec);
      keepLabels(plane, asked);
      cache.forget(id);
      asked.status = toApp(plane, readApp(plane, id)).status;
      return { app: asked };
    },
    delete({ appId }) {
      const row = findApp(plane, readId(appId));
      if (!row) return {};
      plane.state.apps = plane.state.apps.filter((other) => other !== row);
      row.generation += 1;
      cache.forget(row.id);
      publishApp(plane, row, "delete");
      plane.changed();
      return {};
    },
    list: (request) => listApps(plane, request),
    watch: (request, { signal }) => watchApp(plane, request, signal),
  };
}

/** The answer is what was asked, with another status. */
function readAsked(app: App | undefined): { asked: App; spec: Spec; id: Identifier } {
  if (!app?.metadata?.id) throw invalidArgument("app identifier is required");
  if (!app.spec) throw invalidArgument("app spec is required");
  return { asked: clone(AppSchema, app), spec: app.spec, id: app.metadata.id };
}

function readId(id: Identifier | undefined): Identifier {
  if (!id) throw invalidArgument("app_id is required");
  return id;
}

/** Whether trouble that comes so many times comes this time as well. */
function spend({ appTrouble }: Plane, trouble: "conflicts" | "unseen"): boolean {
  const left = appTrouble[trouble] ?? 0;
  if (left > 0) appTrouble[trouble] = left - 1;
  return left > 0;
}

function assertNew(plane: Plane, id: Identifier): void {
  if (!findApp(plane, id)) return;
  const message = `app ${id.name} exists`;
  throw plane.appTrouble.hosted === "aborted" ? aborted(message) : alreadyExists(message);
}

function assertRevision(plane: Plane, { metadata }: App): void {
  const row = findApp(plane, readId(metadata?.id));
  if (row && metadata?.revision !== BigInt(row.generation))
    throw aborted(`the app was changed since revision ${metadata?.revision} was read`);
}

function withCreator(spec: Spec): Spec {
  const principal = { case: "user", value: { id: { subject: "somebody" } } } as const;
  return Object.assign(clone(SpecSchema, spec), { creator: create(EnrichedIdentitySchema, { principal }) });
}

function keepLabels(plane: Plane, { metadata }: App): void {
  const row = findApp(plane, readId(metadata?.id));
  if (row && plane.appTrouble.hosted) row.labels = { ...metadata?.labels };
}
