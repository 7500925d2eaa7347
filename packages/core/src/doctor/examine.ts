import { createClient } from "@connectrpc/connect";
import { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import { ProjectService } from "@flyte-mcp/idl/project/project_service";
import type { Flyte, FlyteValues } from "../client/flyte.ts";
import type { Scope } from "../contract.ts";
import type { sandboxSettings } from "../settings/definitions.ts";
import type { Settings } from "../settings/read-settings.ts";
import { attempt, isAnswered } from "./attempt.ts";
import type { Attempt } from "./attempt.ts";
import { explainContact, isHopeless } from "./explain-contact.ts";
import { listSettings } from "./list-settings.ts";
import { lookAtServices } from "./look-at-services.ts";
import type { Problem, Report } from "./report.ts";

/** What the doctor needs of a server's settings. */
export interface DoctorSettings {
  values: FlyteValues & Settings<typeof sandboxSettings>["values"];
  sources: Partial<Record<string, string>>;
  file: string | undefined;
  warnings: readonly string[];
}

// With the services' time below ten seconds, also where every single call hangs.
const CONTACT_MS = 5_500;

/** Looks at the settings in force and at the plane they lead to, within nine seconds. Throws a settings error. */
export async function examine(flyte: Flyte, settings: DoctorSettings): Promise<Report> {
  const { file } = settings;
  const base = { file, settings: listSettings(flyte, settings), services: [], caller: undefined };
  if (flyte.problem) {
    const { message, hint } = flyte.problem.explanation;
    return conclude({ ...base, reachedInMs: undefined }, [{ severity: "error", message, hint }]);
  }
  const contact = await makeContact(flyte);
  const reachedInMs = isAnswered(contact.bare) ? contact.bare.ms : answeredIn(contact.signed);
  const problems = [...warningsOf(flyte, settings), ...explainContact(flyte, settings, contact)];
  if (isHopeless(contact.signed)) return conclude({ ...base, reachedInMs }, problems);
  const scope: Scope = { org: "", project: "", domain: "", ...withoutUndefined(flyte.defaults) };
  const { services, caller, problems: more } = await lookAtServices(flyte, scope, contact.signed);
  return conclude({ ...base, services, caller, reachedInMs }, [...problems, ...more]);
}

/** A call as nobody and one with the credential, at once: where only the latter fails, it is the login. */
export interface Contact {
  bare: Attempt<unknown>;
  signed: Attempt<unknown>;
}

async function makeContact(flyte: Flyte): Promise<Contact> {
  const org = flyte.defaults.org ?? "";
  const [bare, signed] = await Promise.all([
    attempt(CONTACT_MS, (signal) =>
      createClient(AuthMetadataService, flyte.unsigned).getPublicClientConfig({}, { signal }),
    ),
    attempt(CONTACT_MS, (signal) =>
      createClient(ProjectService, flyte.transport).listProjects({ limit: 1, org }, { signal }),
    ),
  ]);
  return { bare, signed };
}

function answeredIn(made: Attempt<unknown>): number | undefined {
  return isAnswered(made) ? made.ms : undefined;
}

function warningsOf(flyte: Flyte, { warnings }: DoctorSettings): Problem[] {
  const { project, domain } = flyte.defaults;
  const missing = [
    ...(project ? [] : [["project", "--project or FLYTE_PROJECT"]]),
    ...(domain ? [] : [["domain", "--domain or FLYTE_DOMAIN"]]),
  ];
  return [
    ...[...warnings, ...flyte.warnings].map((message) => ({ severity: "warning" as const, message })),
    ...missing.map(([what, ways]) => ({
      severity: "warning" as const,
      message: `No ${what} is set, so every call has to name one.`,
      hint: `Set ${ways}.`,
    })),
  ];
}

function conclude(report: Omit<Report, "ok" | "problems">, problems: readonly Problem[]): Report {
  const of = (severity: Problem["severity"]) => problems.filter((problem) => problem.severity === severity);
  return { ok: of("error").length === 0, ...report, problems: [...of("error"), ...of("warning")] };
}

function withoutUndefined<T extends object>(value: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<{
    [K in keyof T]: NonNullable<T[K]>;
  }>;
}
