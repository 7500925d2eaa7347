import { createToolError } from "@flyte-mcp/core";
import type { ToolContext, ToolError } from "@flyte-mcp/core";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import { z } from "zod";
import { LONGEST_WAIT_S } from "./app-input.ts";
import type { SwitchInput } from "./app-input.ts";
import { isMeantToStop, statusClass, whyFailed } from "./app-status.ts";
import { appOutput, describeApp } from "./describe-app.ts";
import { followApp } from "./follow-app.ts";
import type { Followed } from "./follow-app.ts";
import { isThere, newAfterMs } from "./judge.ts";
import type { Target } from "./judge.ts";
import { readApp } from "./read-app.ts";
import { requestState } from "./request-state.ts";

/** What both switches answer: the app as it is afterwards. */
export const switchOutput = appOutput.extend({
  changed: z.boolean().describe("Whether this call changed what the app is to be."),
  timed_out: z.boolean().optional(),
  note: z.string().optional(),
});

/** How an app was before it was switched, and how it is now. */
export interface Switched {
  before: App;
  app: App;
  changed: boolean;
  timedOut: boolean;
}

/** Starts or stops an app and waits for it. Throws a tool error when it fails, is stopped again or deleted meanwhile. */
export async function switchApp(
  { flyte, scope, signal, progress }: ToolContext,
  { name, timeout_s, ...args }: SwitchInput,
  target: Target,
): Promise<Switched> {
  const id = { ...scope(args), name };
  const before = await readApp(flyte, id);
  if (isThere(before, target)) return { before, app: before, changed: false, timedOut: false };
  const changedBeforeMs = newAfterMs(before);
  const isUnderWay =
    statusClass(before) === "in_progress" && isMeantToStop(before) === (target === "stopped");
  const { app: first, isOurs } = isUnderWay
    ? { app: before, isOurs: false }
    : await requestState(flyte, id, before, target);
  const waitMs = Math.min(timeout_s, LONGEST_WAIT_S) * 1_000;
  const followed = await followApp(flyte, id, first, { target, changedBeforeMs, waitMs, signal, progress });
  assertNotLost(followed, name, target);
  return { before, app: followed.app, changed: isOurs, timedOut: followed.verdict === "wait" };
}

/** The answer of a switch, with a note on what it means. */
export function describeSwitch(
  { app, changed, timedOut }: Switched,
  note: string | undefined,
  consoleUrl: ToolContext["consoleUrl"],
): z.input<typeof switchOutput> {
  return { ...describeApp(app, consoleUrl), changed, timed_out: timedOut || undefined, note };
}

function assertNotLost({ app, verdict }: Followed, name: string, target: Target): void {
  if (verdict === "failed") throw failedToStart(app, name);
  if (verdict === "deleted") throw lost(`App "${name}" was deleted while this call waited for it.`);
  if (verdict === "stopped" && target === "active")
    throw lost(`App "${name}" was stopped again by somebody else.`);
}

function failedToStart(app: App, name: string): ToolError {
  const reason = whyFailed(app);
  return createToolError({
    code: "app_failed",
    message: `App "${name}" failed to start${reason === "" ? "" : `: ${reason}`}.`,
    hint: "Its image, command and resources are in get_app; mend them and deploy it again.",
  });
}

function lost(message: string): ToolError {
  return createToolError({ code: "aborted", message, hint: "Look with list_apps or get_app." });
}
