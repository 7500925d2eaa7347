import type { Policy } from "./policy.ts";
import type { policySettings } from "./settings/definitions.ts";
import type { Settings } from "./settings/read-settings.ts";

/** The policy that the settings ask for. */
export function readPolicy(values: Settings<typeof policySettings>["values"]): Policy {
  return {
    groups: values.toolGroups,
    tools: values.tools,
    readOnly: values.readOnly,
    tasks: values.taskAllowlist,
    apps: values.appAllowlist,
    triggers: values.triggerAllowlist,
  };
}
