import { z } from "zod";
import { policySettings } from "./settings/definitions.ts";

const { policy: _file, ...limits } = policySettings;

/** `taskAllowlist` -> `task_allowlist`. */
const spell = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const entries = Object.entries(limits).map(([key, schema]) => [key, spell(key), schema] as const);

/** How a policy file spells each limit: its key among the settings by its key in the file. */
export const policyKeys: ReadonlyMap<string, string> = new Map(entries.map(([key, name]) => [name, key]));

/** What a policy file may hold; the limits are those of the settings, so that neither can have one that the other lacks. */
export const policySchema = z.strictObject({
  $schema: z.string().optional().describe("Address of this schema, for editors."),
  ...Object.fromEntries(entries.map(([, name, schema]) => [name, describe(schema)])),
});

/** Without the marks that only command lines need. */
function describe(schema: z.ZodOptional<z.ZodType>): z.ZodType {
  const description = String(schema.meta()?.description);
  return schema
    .unwrap()
    .optional()
    .meta({ description: description.replace("--tool-groups", "tool_groups") });
}

/** The JSON Schema of a policy file, as it is published. */
export function describePolicySchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(policySchema, { io: "input" });
  return { $schema, title: "Policy of a Flyte MCP server", ...rest };
}
