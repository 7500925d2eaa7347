import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import type { Flyte } from "../client/flyte.ts";
import type { Scope } from "../contract.ts";
import { explain } from "../errors/explain.ts";
import { SET_ENDPOINT } from "../errors/network.ts";
import { assertProjectExists } from "../errors/not-found.ts";
import { isToolError } from "../errors/tool-error.ts";
import { attempt, stateOf } from "./attempt.ts";
import type { Attempt } from "./attempt.ts";
import { createProbes, readCaller } from "./probes.ts";
import type { Probe } from "./probes.ts";
import type { Problem, ReportedService } from "./report.ts";

const PROBE_MS = 2_500;

interface Look {
  services: ReportedService[];
  caller: string | undefined;
  problems: Problem[];
}

interface Probed {
  probe: Probe;
  made: Attempt<unknown>;
}

/** Asks every service for something cheap, who we are, and whether the place of calls exists, all at once. */
export async function lookAtServices(flyte: Flyte, scope: Scope, projects: Attempt<unknown>): Promise<Look> {
  const probes = createProbes(flyte.transport, scope);
  const [caller, place, ...made] = await Promise.all([
    attempt(PROBE_MS, (signal) => readCaller(flyte.transport, signal)),
    attempt(PROBE_MS, () => assertPlace(flyte, scope)),
    ...probes.map(({ call }) => attempt(PROBE_MS, call)),
  ] as const);
  const probed = probes.map((probe, index) => ({ probe, made: made[index] ?? projects }));
  const all = [
    ...probed,
    { probe: named("project"), made: projects },
    { probe: named("identity"), made: caller },
  ];
  const services = all.map((each) => report(each, flyte));
  const { subject = "", name = "", email = "" } = caller.ok ? caller.value : {};
  return {
    services,
    caller: [name || subject, email && `<${email}>`].filter((part) => part !== "").join(" ") || undefined,
    problems: [...placeProblem(place), ...vitalProblems(probed, services, flyte)],
  };
}

function named(name: string): Probe {
  return { name, call: () => Promise.resolve() };
}

function report({ probe, made }: Probed, flyte: Flyte): ReportedService {
  const { name } = probe;
  // A plane behind no login knows nobody, and says so by a refusal.
  if (name === "identity" && isUnknown(made)) return { name, state: "there" };
  const state = stateOf(made);
  if (made.ok || (state !== "refused" && state !== "failing")) return { name, state };
  return { name, state, said: explain(made.error, flyte.endpoint, flyte.secrets).message };
}

function isUnknown(made: Attempt<unknown>): boolean {
  return !made.ok && made.error instanceof ConnectError && made.error.code === Code.Unauthenticated;
}

async function assertPlace(flyte: Flyte, { org, project, domain }: Scope): Promise<void> {
  if (project === "") return;
  const reads: Parameters<typeof assertProjectExists>[0] = (service) =>
    createClient(service, flyte.transport);
  const found = await reads(ProjectService)
    .getProject({ id: project, org })
    .catch((error: unknown) => {
      if (!(error instanceof ConnectError) || error.code !== Code.NotFound) throw error;
      return undefined;
    });
  const domains = found?.project?.domains.map(({ id }) => id) ?? [];
  const isThere = found && (domain === "" || domains.length === 0 || domains.includes(domain));
  if (!isThere) await assertProjectExists(reads, { org, project, domain });
}

function placeProblem(place: Attempt<void>): Problem[] {
  // Whatever else keeps us from looking is told of the services.
  if (place.ok || !isToolError(place.error) || place.error.explanation.code !== "not_found") return [];
  const { message, hint } = place.error.explanation;
  return [{ severity: "error", message, hint: `${hint ?? ""} It is set by --project and --domain.`.trim() }];
}

function vitalProblems(
  probed: readonly Probed[],
  services: readonly ReportedService[],
  flyte: Flyte,
): Problem[] {
  if (services.every(({ state }) => state === "missing")) {
    const message = `${flyte.endpoint} answers, but has none of the services of Flyte.`;
    return [{ severity: "error", message, hint: SET_ENDPOINT }];
  }
  return probed.flatMap(({ probe, made }) => {
    if (!probe.isVital || made.ok || stateOf(made) === "there") return [];
    const { message, hint } = explain(made.error, flyte.endpoint, flyte.secrets);
    const isMissing = stateOf(made) === "missing";
    const text = isMissing
      ? `This control plane has no ${probe.name} service.`
      : `Flyte does not list ${probe.name}s: ${message}`;
    return [{ severity: "error" as const, message: text, hint }];
  });
}
