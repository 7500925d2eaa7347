import { Code, ConnectError } from "@connectrpc/connect";
import { createToolError } from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import { Spec_DesiredState as DesiredState } from "@flyte-mcp/idl/app/app_definition";
import { AppService } from "@flyte-mcp/idl/app/app_service";
import { isMeantToStop } from "./app-status.ts";
import type { Target } from "./judge.ts";
import { assertKnown, readApp } from "./read-app.ts";
import type { AppId, KnownApp } from "./read-app.ts";

const MOST_RETRIES = 3;
const REASONS: Record<Target, string> = {
  active: "Activated by an MCP client",
  stopped: "Deactivated by an MCP client",
};

/** An app of which its state has been asked for, by this call or, just before it, by somebody else. */
export interface Requested {
  app: KnownApp;
  isOurs: boolean;
}

/**
 * Writes the app back as it was read, also what we do not know of it, with another desired state; answers it as it is
 * then. Where somebody else changed it in between it is read again. Throws a tool error when that happens too often.
 */
export async function requestState(
  flyte: ToolContext["flyte"],
  id: AppId,
  before: KnownApp,
  target: Target,
): Promise<Requested> {
  let app = before;
  for (let retries = 0; retries <= MOST_RETRIES; retries++) {
    app.spec.desiredState = target === "active" ? DesiredState.ACTIVE : DesiredState.STOPPED;
    try {
      const updated = await flyte(AppService).update({ app, reason: REASONS[target] });
      return { app: assertKnown(updated.app, id.name), isOurs: true };
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
    app = await readApp(flyte, id);
    if (isMeantToStop(app) === (target === "stopped")) return { app, isOurs: false };
  }
  throw createToolError({
    code: "aborted",
    message: `App "${id.name}" was changed by somebody else each time that this was tried; it was left as it is.`,
    hint: "Look at it with get_app before trying again.",
    retryable: true,
  });
}

/** Whether somebody else changed the app first. An error with a cause was made on this side; Kubernetes words a conflict in its own way. */
export function isConflict(error: unknown): boolean {
  const { code, cause, rawMessage } = ConnectError.from(error);
  if (cause !== undefined) return false;
  return (
    code === Code.Aborted || code === Code.FailedPrecondition || /object has been modified/.test(rawMessage)
  );
}
