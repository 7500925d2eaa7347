import { scopeInput } from "@flyte-mcp/core";
import { z } from "zod";

/** Clients give up at 60 s; starting and stopping can both be asked for again, to go on waiting. */
export const LONGEST_WAIT_S = 45;

/** Names one app. */
export const appInput = z
  .object({ name: z.string().min(1).describe("As list_apps gives it.") })
  .extend(scopeInput.shape);

/** Names one app to be started or stopped, and how long to wait for it. */
export const switchInput = appInput.extend({
  timeout_s: z.number().min(0).default(LONGEST_WAIT_S).describe(`Seconds to wait, 0 to ${LONGEST_WAIT_S}.`),
});

export type SwitchInput = z.output<typeof switchInput>;
