import { Code, ConnectError } from "@connectrpc/connect";
import { createToolError } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import type { App, Spec } from "@flyte-mcp/idl/app/app_definition";
import { AppService } from "@flyte-mcp/idl/app/app_service";

/** An app's full name. */
export interface AppId extends Scope {
  name: string;
}

/** An app whose spec is known. */
export type KnownApp = App & { spec: Spec };

/** The app as Flyte tells it, up to half a minute late; one that does not exist fails the call. */
export async function readApp(flyte: ToolContext["flyte"], id: AppId): Promise<KnownApp> {
  const request = { identifier: { case: "appId", value: id } } as const;
  const { app } = await flyte(AppService).get(request).catch(refuseWithoutService);
  return assertKnown(app, id.name);
}

/** What a call answered, as an app; throws when nothing usable came. */
export function assertKnown(app: App | undefined, name: string): KnownApp {
  if (app?.spec) return app as KnownApp;
  throw createToolError({ code: "internal", message: `Flyte gave no spec of app "${name}".` });
}

/** Throws on; every app service has Get and List, so a plane that lacks one of them has none at all. */
export function refuseWithoutService(error: unknown): never {
  if (ConnectError.from(error).code !== Code.Unimplemented) throw error;
  throw createToolError({
    code: "unimplemented",
    message: "This control plane has no app service.",
    hint: "Whoever runs it can switch it on; the tools for tasks and runs work without it.",
  });
}
