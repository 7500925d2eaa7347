import type { Policy } from "./policy.ts";
import type { policySettings } from "./settings/definitions.ts";
import { createSettingsError } from "./settings/settings-error.ts";
import type { Settings } from "./settings/read-settings.ts";

type Values = Settings<typeof policySettings>["values"];

/** The policy that the settings ask for, and that of a policy file beside it. Throws a settings error on what could never hold. */
export async function readPolicy(values: Values): Promise<Policy> {
  const own = createPolicy(values, (key) => `--${key}`);
  if (values.policy === undefined) return own;
  const path = values.policy;
  const { readPolicyFile } = await import("./policy-file.ts");
  const limits = (await readPolicyFile(path)) as Partial<Values>;
  const spell = (key: string) => `${key.replaceAll("-", "_")} in ${path}`;
  return { ...own, from: "options", and: { ...createPolicy(limits, spell), from: path } };
}

function createPolicy(values: Partial<Values>, spell: (key: string) => string): Policy {
  const task = "name, project/name or domain/project/name";
  assertEntries(spell("task-allowlist"), values.taskAllowlist, task);
  assertEntries(spell("app-allowlist"), values.appAllowlist, "the app's name");
  assertEntries(spell("trigger-allowlist"), values.triggerAllowlist, "name or task/name");
  return {
    groups: values.toolGroups,
    tools: values.tools,
    excludeTools: values.excludeTools,
    readOnly: values.readOnly,
    readOnlyGroups: values.readOnlyGroups,
    tasks: values.taskAllowlist,
    apps: values.appAllowlist,
    triggers: values.triggerAllowlist,
  };
}

/** A pattern or a stray slash would leave a list that closes everything without a word. */
function assertEntries(place: string, entries: readonly string[] | undefined, forms: string): void {
  if (entries?.length === 0) throw createSettingsError(`${place} is empty; leave it out, or give ${forms}.`);
  const wrong = entries?.find((entry) => /[*?\s]|^\/|\/$|\/\//.test(entry));
  if (wrong !== undefined)
    throw createSettingsError(`${place} has "${wrong}"; an entry is ${forms}, without patterns.`);
}
