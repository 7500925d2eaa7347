import { Code, ConnectError } from "@connectrpc/connect";
import type { Client } from "@connectrpc/connect";
import type { AppId } from "@flyte-mcp/app/lifecycle";
import { createSettingsError, createToolError } from "@flyte-mcp/core";
import type { AppService } from "@flyte-mcp/idl/app/app_service";
import type { Plan } from "./plan.ts";

/** Who stands before apps: a login of the plane, nobody, or it cannot be told. */
export type Ingress = "guarded" | "open" | "unknown";

type Apps = Client<typeof AppService>;

/**
 * Asks for what hosted planes alone can do: list the apps of an organization. The open-source plane, which guards no
 * app, refuses that. Throws the call's error, and a tool error where a plane serves no apps at all.
 */
export async function judgeIngress(apps: Apps, { org, project, domain }: AppId): Promise<Ingress> {
  const request = { limit: 1 };
  try {
    await apps.list({ request, filterBy: { case: "org", value: org } });
    return "guarded";
  } catch (error) {
    const { code, cause } = ConnectError.from(error);
    if (cause !== undefined) throw error;
    if (code === Code.PermissionDenied || code === Code.InvalidArgument) return "unknown";
    if (code !== Code.Unimplemented) throw error;
  }
  const value = { organization: org, name: project, domain };
  await apps.list({ request, filterBy: { case: "project", value } }).catch(refuseWithoutApps);
  return "open";
}

function refuseWithoutApps(error: unknown): never {
  if (ConnectError.from(error).code !== Code.Unimplemented) throw error;
  throw createToolError({
    code: "unimplemented",
    message: "This control plane has no app service.",
    hint: "Whoever runs it can switch it on (internalApps.enabled); or run the server elsewhere.",
  });
}

/** Throws a settings error where anybody could change something through the app; undefined is a plane that was not asked. */
export function assertGuarded(
  { values, server }: Plan,
  ingress: Ingress | undefined,
  planeHasLogin = true,
): void {
  if (!server.writes || values.anyoneMayCall === true) return;
  const [open, unchecked] = [whyOpen(values.public === true, ingress), whyUnchecked(server, planeHasLogin)];
  if (open === undefined || unchecked === undefined) return;
  throw createSettingsError(
    `Anybody could use this server's tools that write: ${open}, and ${unchecked}. Have callers checked (--auth jwt or shared-secret), give --read-only after "--", or say --anyone-may-call before it.`,
  );
}

function whyUnchecked({ rules }: Plan["server"], planeHasLogin: boolean): string | undefined {
  if (rules.kind === "none") return "--auth none lets in whoever comes";
  const isVain = rules.kind === "passthrough" && !planeHasLogin;
  return isVain ? "this plane has no login by which a caller's credential could be checked" : undefined;
}

function whyOpen(isPublic: boolean, ingress: Ingress | undefined): string | undefined {
  if (isPublic) return "--public lets requests without a login through the ingress";
  if (ingress === "open") return "an open-source plane guards no app";
  return ingress === "unknown" ? "it cannot be told whether this plane guards its apps" : undefined;
}

/** What to know of an app that is not refused. */
export function describeDoors(
  { server, values }: Plan,
  ingress: Ingress | undefined,
  planeHasLogin: boolean,
): string[] {
  const { rules, writes } = server;
  const isOpen = values.public === true || ingress === "open" || ingress === "unknown";
  const notes: string[] = [];
  if (isOpen && ingress === "open" && rules.kind === "passthrough" && !planeHasLogin)
    notes.push(
      `This plane has no login, so that a server which passes credentials on can check none: whoever reaches the app can ${writes ? "read and write" : "read"}. --auth shared-secret or jwt checks callers itself.`,
    );
  if (isOpen && rules.kind === "none")
    notes.push(
      `Anybody who reaches the app can read by it${writes ? "; its tools that write are switched off with --auth none" : ""}.`,
    );
  if (
    planeHasLogin &&
    rules.kind !== "passthrough" &&
    !server.hasCredential &&
    server.values.sandbox !== true
  )
    notes.push(
      "The server calls Flyte as itself, and no credential is mounted for that: keep an API key as a secret of the plane and give --secret KEY:FLYTE_API_KEY.",
    );
  return notes;
}
