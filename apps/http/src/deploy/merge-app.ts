import { clone, create, equals } from "@bufbuild/protobuf";
import {
  AppSchema,
  AutoscalingConfigSchema,
  SecurityContextSchema,
  SpecSchema,
} from "@flyte-mcp/idl/app/app_definition";
import type { App, Spec } from "@flyte-mcp/idl/app/app_definition";
import { ContainerSchema, ResourcesSchema } from "@flyte-mcp/idl/core/tasks";
import type { Container } from "@flyte-mcp/idl/core/tasks";

/** The app as it is, with what was asked for in its place; who made it, its labels and all that we do not know stay. */
export function mergeApp(known: App, asked: App): App {
  const merged = clone(AppSchema, known);
  const spec = clone(SpecSchema, known.spec ?? create(SpecSchema));
  const wanted = clone(SpecSchema, asked.spec ?? create(SpecSchema));
  merged.spec = Object.assign(spec, {
    appPayload: { case: "container", value: mergeContainer(spec, wanted) },
    autoscaling: mergeScaling(spec, wanted),
    ingress: wanted.ingress?.subdomain ? wanted.ingress : (spec.ingress ?? wanted.ingress),
    desiredState: wanted.desiredState,
    securityContext: mergeSecurity(spec, wanted),
    profile: wanted.profile,
    runtimeMetadata: wanted.runtimeMetadata,
    links: wanted.links,
    timeouts: wanted.timeouts,
    ...mergePlace(spec, wanted),
  });
  return merged;
}

/** Whether an app would be what it is; which version of this program says so is no change, nor is an order of names. */
export function isSameApp(known: App, merged: App): boolean {
  const [left, right] = [normalize(known), normalize(merged)];
  return equals(SpecSchema, left, right);
}

/** A cluster that the app was pinned to stays its cluster until another place is asked for. */
function mergePlace(spec: Spec, wanted: Spec): Pick<Spec, "cluster" | "clusterPool"> {
  const isAsked = wanted.cluster !== "" || wanted.clusterPool !== "default";
  const { cluster, clusterPool } =
    isAsked || (spec.cluster === "" && spec.clusterPool === "") ? wanted : spec;
  return { cluster, clusterPool };
}

function mergeScaling({ autoscaling: known }: Spec, { autoscaling: asked }: Spec) {
  const { replicas, scalingMetric } = asked ?? {};
  return Object.assign(known ?? create(AutoscalingConfigSchema), { replicas, scalingMetric });
}

function mergeContainer({ appPayload }: Spec, wanted: Spec): Container {
  const known = appPayload.case === "container" ? appPayload.value : create(ContainerSchema);
  const asked = wanted.appPayload.case === "container" ? wanted.appPayload.value : create(ContainerSchema);
  const { image, command, args, env, ports } = asked;
  const resources = Object.assign(known.resources ?? create(ResourcesSchema), {
    requests: asked.resources?.requests,
  });
  return Object.assign(known, { image, command, args, env, ports, resources });
}

function mergeSecurity({ securityContext: known }: Spec, { securityContext: asked }: Spec) {
  const merged = known ?? create(SecurityContextSchema);
  const { secrets = [], allowAnonymous = false, runAs = merged.runAs } = asked ?? {};
  return Object.assign(merged, { secrets, allowAnonymous, runAs });
}

function normalize({ spec }: App): Spec {
  const copy = clone(SpecSchema, spec ?? create(SpecSchema));
  copy.runtimeMetadata = undefined;
  if (copy.appPayload.case === "container") copy.appPayload.value.env.sort(by(({ key }) => key));
  copy.securityContext?.secrets.sort(by(({ envVar }) => envVar));
  return copy;
}

function by<T>(name: (item: T) => string): (left: T, right: T) => number {
  return (left, right) => (name(left) < name(right) ? -1 : 1);
}
