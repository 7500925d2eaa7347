import { defineToolGroup } from "@flyte-mcp/core";
import { activateApp } from "./activate-app.ts";
import { deactivateApp } from "./deactivate-app.ts";
import { getApp } from "./get-app.ts";
import { listApps } from "./list-apps.ts";

/** Tools for apps. */
export const app = defineToolGroup({
  name: "app",
  description: "Apps: long-running services, their state, starting and stopping them.",
  tools: [listApps, getApp, activateApp, deactivateApp],
});
