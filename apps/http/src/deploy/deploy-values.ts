import type { Settings } from "@flyte-mcp/core";
import type { deploySettings } from "./deploy-settings.ts";

/** The settings of a deployment, read. */
export type DeployValues = Settings<typeof deploySettings>["values"];
