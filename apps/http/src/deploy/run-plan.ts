import { toJsonString } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { createToolError } from "@flyte-mcp/core";
import type { Flyte } from "@flyte-mcp/core";
import { AppSchema } from "@flyte-mcp/idl/app/app_definition";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { version } from "../version.ts";
import { awaitApp } from "./await-app.ts";
import { buildApp } from "./build-app.ts";
import { describeDeployed } from "./describe-deployed.ts";
import { showRequest } from "./dry-run.ts";
import { hasLogin } from "./has-login.ts";
import { assertGuarded, describeDoors, judgeIngress } from "./judge-ingress.ts";
import type { Ingress } from "./judge-ingress.ts";
import { assertWithoutSecrets, knownSecrets } from "./known-secrets.ts";
import { placeApp } from "./place-app.ts";
import type { Placing } from "./place-app.ts";
import type { Plan } from "./plan.ts";
import { probeHealth } from "./probe-health.ts";

/** Where texts go: results to the standard output, the rest to people. */
export interface Voices {
  print(text: string): void;
  tell(text: string): void;
}

const LONGEST_PROBE_MS = 20_000;
const SHORTEST_PROBE_MS = 1_000;
const WORDS = { created: "is created", updated: "is changed", unchanged: "is there already: no change" };

/** Does what a plan says. Throws what a person is told of a failure. */
export async function runPlan(plan: Plan, flyte: Flyte, { print, tell }: Voices): Promise<void> {
  const { id, values } = plan;
  for (const warning of [...flyte.warnings, ...plan.warnings]) tell(warning);
  assertGuarded(plan, undefined);
  const placing = createPlacing(plan, flyte);
  if (values.dryRun) return print(await showRequest(plan, flyte, placing, tell));
  const ingress = await judgeIngress(placing.apps, id);
  const planeHasLogin = await hasLogin(flyte);
  assertGuarded(plan, ingress, planeHasLogin);
  for (const note of describeDoors(plan, ingress, planeHasLogin)) tell(note);
  const placed = await placeApp(placing);
  tell(`The app ${id.project}/${id.domain}/${id.name} ${WORDS[placed.outcome]}.`);
  const waitMs = values.timeout * 1_000;
  const until = Date.now() + waitMs;
  const app = values.wait ? await awaitApp(flyte.transport, id, placed, waitMs, tell) : placed.app;
  const publicUrl = app.status?.ingress?.publicUrl || undefined;
  const longestMs = Math.min(LONGEST_PROBE_MS, until - Date.now());
  if (values.wait && publicUrl !== undefined)
    tell(
      await tellHealth(publicUrl, Math.max(SHORTEST_PROBE_MS, longestMs), ingress, values.public === true),
    );
  const { project, domain, name } = id;
  print(describeDeployed(plan, publicUrl, flyte.consoleUrl({ kind: "apps", project, domain, path: [name] })));
}

function createPlacing(plan: Plan, flyte: Flyte): Placing {
  return {
    apps: createClient(AppService, flyte.transport),
    id: plan.id,
    reason: `Deployed by flyte-mcp-http ${version}`,
    build: (addresses) => buildApp(plan, addresses),
    check: (app: App) => assertWithoutSecrets(toJsonString(AppSchema, app), knownSecrets(flyte, plan.values)),
  };
}

async function tellHealth(
  publicUrl: string,
  patienceMs: number,
  ingress: Ingress,
  isPublic: boolean,
): Promise<string> {
  const health = await probeHealth(publicUrl, patienceMs);
  if (health.kind === "behind-login")
    return `The app is reachable at ${publicUrl}, behind a login of the plane.`;
  if (health.kind === "healthy") {
    const isSurprise = ingress === "guarded" && !isPublic;
    const surprise = isSurprise ? ", and without a login of the plane: whoever reaches it can call" : "";
    return `The app answers at ${publicUrl}${surprise}.`;
  }
  throw createToolError({
    code: "unavailable",
    message: `The app is active, but ${publicUrl}/health does not answer as this server (${health.reason}).`,
    hint: "Look at its log and whether the image is this server's; where only this machine cannot reach that address, --no-wait leaves the question out.",
  });
}
