import type { AppId } from "@flyte-mcp/app/lifecycle";
import type { Flyte } from "@flyte-mcp/core";
import { createSettingsError } from "@flyte-mcp/core";
import { isLoopbackHost } from "@flyte-mcp/core/callers";
import type { DeployValues } from "./deploy-values.ts";
import { knownSecrets } from "./known-secrets.ts";
import { readEnv } from "./read-env.ts";
import { readImage } from "./read-image.ts";
import { readQuantity } from "./read-quantity.ts";
import { readSecrets } from "./read-secrets.ts";
import type { MountedSecret } from "./read-secrets.ts";
import { readServer } from "./read-server.ts";
import type { AppServer } from "./read-server.ts";
import { readSubdomain } from "./read-subdomain.ts";

/** All that is asked of the app, checked as far as it can be without the plane. */
export interface Plan {
  id: AppId;
  image: string;
  port: number;
  /** What the server is told of the plane, and what `--env` says. */
  env: ReadonlyMap<string, string>;
  secrets: readonly MountedSecret[];
  cpu: string;
  memory: string;
  subdomain: string | undefined;
  values: DeployValues;
  server: AppServer;
  warnings: readonly string[];
}

/** Reads what is to be deployed; nothing is sent yet. Throws a settings error. */
export async function readPlan(
  values: DeployValues,
  options: readonly string[],
  flyte: Flyte,
): Promise<Plan> {
  const { image, warning } = readImage(values.image);
  const id = readId(values, flyte);
  const given = readEnv(values.env ?? [], knownSecrets(flyte, values));
  const secrets = readSecrets(values.secret ?? [], given);
  const { env, note } = describePlane(values, flyte, id);
  const all = new Map([...env, ...given]);
  const server = await readServer(options, values.containerPort, all, secrets);
  assertReplicas(values, server);
  if (values.cluster !== undefined && values.clusterPool !== undefined)
    throw createSettingsError("--cluster names one cluster and --cluster-pool many; give one of them.");
  const notes = [warning, given.has("FLYTE_ENDPOINT") ? undefined : note];
  return {
    id,
    image,
    port: values.containerPort,
    env: all,
    secrets,
    cpu: readQuantity("--cpu", values.cpu),
    memory: readQuantity("--memory", values.memory),
    subdomain: readSubdomain(values.subdomain, id),
    values,
    server,
    warnings: [...notes.filter((text) => text !== undefined), ...server.warnings],
  };
}

function readId({ name }: DeployValues, { defaults }: Flyte): AppId {
  const { org = "", project, domain } = defaults;
  if (project !== undefined && domain !== undefined) return { org, project, domain, name };
  const missing = project === undefined ? "--project or FLYTE_PROJECT" : "--domain or FLYTE_DOMAIN";
  throw createSettingsError(`Where is the app to be? Give ${missing}.`);
}

/** Where Flyte is for the app; an address of this machine is none for it. */
function describePlane({ consoleUrl }: DeployValues, flyte: Flyte, { org, project, domain }: AppId) {
  const isHere = isLoopbackHost(new URL(flyte.endpoint).hostname);
  const env = new Map<string, string>();
  if (!isHere) env.set("FLYTE_ENDPOINT", flyte.endpoint);
  if (org !== "") env.set("FLYTE_ORG", org);
  env.set("FLYTE_PROJECT", project);
  env.set("FLYTE_DOMAIN", domain);
  if (consoleUrl !== undefined) env.set("FLYTE_CONSOLE_URL", consoleUrl);
  const note = isHere
    ? `${flyte.endpoint} is an address of this machine, so the app is not given it: it goes by what the plane tells its containers. Where that is nothing, give --env FLYTE_ENDPOINT=ADDRESS.`
    : undefined;
  return { env, note };
}

function assertReplicas({ minReplicas, maxReplicas }: DeployValues, { values }: AppServer): void {
  if (maxReplicas < 1) throw createSettingsError("--max-replicas must be at least 1.");
  if (minReplicas > maxReplicas)
    throw createSettingsError(
      `--min-replicas ${minReplicas} is more than --max-replicas ${maxReplicas}; give both.`,
    );
  if (values.transport === "sse" && maxReplicas > 1)
    throw createSettingsError(
      "--transport sse keeps its sessions in one process; leave --max-replicas at 1.",
    );
}
