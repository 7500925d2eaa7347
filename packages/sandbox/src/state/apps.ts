import { createHash } from "node:crypto";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { clone, create } from "@bufbuild/protobuf";
import type { App, Identifier, StatusSchema } from "@flyte-mcp/idl/app/app_definition";
import {
  AppSchema,
  Spec_DesiredState as DesiredState,
  SpecSchema,
  Status_DeploymentStatus as DeploymentStatus,
} from "@flyte-mcp/idl/app/app_definition";
import { notFound } from "../errors.ts";
import type { Plane } from "../plane.ts";
import type { AppRow } from "./state.ts";

// The open-source plane puts its one organisation here where a request names none.
const ORGANISATION = "flyte";
const NAMESPACE = "flyte";
const MOST_CHARACTERS = 63;

type Place = Pick<Identifier, "project" | "domain" | "name">;

export function findApp(plane: Plane, wanted: Place): AppRow | undefined {
  const service = serviceName(wanted);
  return plane.state.apps.find(({ id }) => serviceName(id) === service);
}

/** The app of that name; throws `not_found` as Kubernetes words it. */
export function readApp(plane: Plane, id: Place): AppRow {
  const row = findApp(plane, id);
  const service = serviceName(id);
  if (row) return row;
  throw notFound(`KService ${service} not found: services.serving.knative.dev "${service}" not found`);
}

/** The name of the Knative service: project and domain are part of it, since all are in one namespace. */
export function serviceName({ project, domain, name }: Place): string {
  const full = `${name}-${project}-${domain}`.toLowerCase();
  if (full.length <= MOST_CHARACTERS) return full;
  const digest = createHash("sha256").update(`${project}/${domain}/${name}`).digest("hex").slice(0, 8);
  return `${full.slice(0, MOST_CHARACTERS - 9)}-${digest}`;
}

/** Where an app is reached, stopped or not. */
export function ingressOf({ appTrouble }: Plane, id: Place) {
  return { publicUrl: appTrouble.publicUrl ?? `http://${serviceName(id)}.localhost:30081` };
}

/** An app as it is shown now. */
export function toApp(plane: Plane, row: AppRow): App {
  const { project, domain, name } = row.id;
  const spec = clone(SpecSchema, row.spec);
  if (row.isStopped) spec.desiredState = DesiredState.STOPPED;
  const id = { org: row.id.org || ORGANISATION, project, domain, name };
  const kept = plane.appTrouble.hosted && { revision: BigInt(row.generation), labels: row.labels };
  return create(AppSchema, { metadata: { id, ...kept }, spec, status: statusOf(plane, row) });
}

/** A stopped app shows nothing but that, as of the moment at which it is read. */
function statusOf(plane: Plane, row: AppRow): MessageInitShape<typeof StatusSchema> {
  if (row.isStopped) {
    const deploymentStatus = DeploymentStatus.STOPPED;
    return {
      conditions: [{ deploymentStatus, message: "App scaled to zero", lastTransitionTime: plane.clock() }],
    };
  }
  return {
    ingress: ingressOf(plane, row.id),
    // Kubernetes keeps whole seconds.
    createdAt: { seconds: row.createdAt.seconds },
    conditions: row.conditions,
    k8sMetadata: { namespace: NAMESPACE },
  };
}
