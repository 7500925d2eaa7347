import { clone, create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import type { App, Identifier, Spec } from "@flyte-mcp/idl/app/app_definition";
import {
  AppSchema,
  Spec_DesiredState as DesiredState,
  StatusSchema,
} from "@flyte-mcp/idl/app/app_definition";
import type { AppService } from "@flyte-mcp/idl/app/app_service";
import { aborted, invalidArgument } from "../errors.ts";
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
      deployApp(plane, id, spec);
      cache.forget(id);
      asked.status = create(StatusSchema, { ingress: ingressOf(id) });
      return { app: asked };
    },
    get({ identifier }) {
      if (identifier.case !== "appId") throw invalidArgument("app_id is required");
      return { app: cache.read(identifier.value) };
    },
    update({ app }) {
      spendConflict(plane);
      const { asked, spec, id } = readAsked(app);
      if (spec.desiredState === DesiredState.STOPPED) stopApp(plane, id);
      else deployApp(plane, id, spec);
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

/** As a plane that counts revisions answers where another change came first. */
function spendConflict({ appTrouble }: Plane): void {
  const left = appTrouble.conflicts ?? 0;
  if (left === 0) return;
  appTrouble.conflicts = left - 1;
  throw aborted("the app was changed since revision 1 was read");
}
