import { createClient } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { followApp, isThere, newAfterMs, whyFailed } from "@flyte-mcp/app/lifecycle";
import type { AppId } from "@flyte-mcp/app/lifecycle";
import { createToolError } from "@flyte-mcp/core";
import type { App } from "@flyte-mcp/idl/app/app_definition";
import type { Placed } from "./place-app.ts";

/** Follows an app until it is active, telling each change, and answers it as it is then. Throws a tool error where that fails or takes too long. */
export async function awaitApp(
  transport: Transport,
  id: AppId,
  { before, app, outcome }: Placed,
  waitMs: number,
  tell: (text: string) => void,
): Promise<App> {
  if (outcome === "unchanged" && isThere(app, "active")) return app;
  const followed = await followApp((service) => createClient(service, transport), id, app, {
    target: "active",
    changedBeforeMs: before && newAfterMs(before),
    waitMs,
    signal: new AbortController().signal,
    progress: ({ message }) => tell(message ?? ""),
  });
  const why = whyFailed(followed.app);
  switch (followed.verdict) {
    case "reached":
      return followed.app;
    case "failed":
      throw createToolError({
        code: "app_failed",
        message: `The app ${id.name} failed to start${why === "" ? "" : `: ${why}`}.`,
        hint: "Look at its log in the console; mend the image, its options or resources, and deploy it again.",
      });
    case "wait":
      throw createToolError({
        code: "deadline_exceeded",
        message: `The app ${id.name} is not active after ${Math.round(waitMs / 1_000)} s${why === "" ? "" : ` (${why})`}.`,
        hint: "It goes on starting; the same command again goes on waiting, --timeout waits longer.",
      });
    default:
      throw createToolError({
        code: "aborted",
        message: `The app ${id.name} was ${followed.verdict} by somebody else meanwhile.`,
        hint: "Deploy it again when that is settled.",
      });
  }
}
