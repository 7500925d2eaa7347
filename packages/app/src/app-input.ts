import { scopeInput } from "@flyte-mcp/core";
import { z } from "zod";

/** Names one app. */
export const appInput = z
  .object({ name: z.string().min(1).describe("The app's name, as list_apps gives it.") })
  .extend(scopeInput.shape);

/** Names one app to be started or stopped, and how long to wait for it. */
export const switchInput = appInput.extend({
  timeout_s: z.number().min(0).max(600).default(120).describe("Seconds to wait for it; 0 only asks for it."),
});

export type SwitchInput = z.output<typeof switchInput>;
