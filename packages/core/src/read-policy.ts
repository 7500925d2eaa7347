import type { Policy } from "./policy.ts";
import type { policySettings } from "./settings/definitions.ts";
import { createSettingsError } from "./settings/settings-error.ts";
import type { Settings } from "./settings/read-settings.ts";

/** The policy that the settings ask for. Throws a settings error on an entry that could never match. */
export function readPolicy(values: Settings<typeof policySettings>["values"]): Policy {
  assertEntries("--task-allowlist", values.taskAllowlist, "name, project/name or domain/project/name");
  assertEntries("--app-allowlist", values.appAllowlist, "the app's name");
  assertEntries("--trigger-allowlist", values.triggerAllowlist, "name or task/name");
  return {
    groups: values.toolGroups,
    tools: values.tools,
    readOnly: values.readOnly,
    tasks: values.taskAllowlist,
    apps: values.appAllowlist,
    triggers: values.triggerAllowlist,
  };
}

/** A pattern or a stray slash would leave a list that closes everything without a word. */
function assertEntries(flag: string, entries: readonly string[] | undefined, forms: string): void {
  if (entries?.length === 0) throw createSettingsError(`${flag} is empty; leave it out, or give ${forms}.`);
  const wrong = entries?.find((entry) => /[*?\s]|^\/|\/$|\/\//.test(entry));
  if (wrong !== undefined)
    throw createSettingsError(`${flag} has "${wrong}"; an entry is ${forms}, without patterns.`);
}
