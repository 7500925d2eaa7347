import type { App } from "@flyte-mcp/idl/app/app_definition";
import type { ListRequest } from "@flyte-mcp/idl/app/app_payload";
import { internal, unimplemented } from "../errors.ts";
import type { Plane } from "../plane.ts";
import { serviceName, toApp } from "../state/apps.ts";
import type { AppRow } from "../state/state.ts";
import { readContinueToken, writeContinueToken } from "../wire/continue-token.ts";

/** A page of the apps of a project, in the order of their Kubernetes names, whatever order was asked for. */
export function listApps(plane: Plane, { request, filterBy }: ListRequest): { apps: App[]; token: string } {
  const isLocal = filterBy.case === "clusterId" || (filterBy.case === "org" && !plane.appTrouble.hosted);
  if (isLocal) throw unimplemented("org and cluster_id filters are not supported by the data plane");
  const { name = "", domain = "" } = filterBy.case === "project" ? filterBy.value : {};
  const after = readContinueToken(request?.token ?? "");
  if (after === undefined)
    throw internal(`failed to list KServices for ${name}/${domain}: continue key is not valid`);
  const rest = appsOf(plane, name, domain).filter(({ id }) => serviceName(id) > after);
  const page = request?.limit ? rest.slice(0, request.limit) : rest;
  const last = page.at(-1);
  const token = last && page.length < rest.length ? writeContinueToken(serviceName(last.id)) : "";
  return { apps: page.map((row) => toApp(plane, row)), token };
}

/** The apps of a place in the order of their Kubernetes names; an empty part of it means any. */
export function appsOf(plane: Plane, project: string, domain: string): AppRow[] {
  return plane.state.apps
    .filter(({ id }) => project === "" || id.project === project)
    .filter(({ id }) => domain === "" || id.domain === domain)
    .sort((a, b) => (serviceName(a.id) < serviceName(b.id) ? -1 : 1));
}
