import { z } from "zod";
import { authSettings } from "./auth-settings.ts";
import { flag, list, text } from "./setting-kinds.ts";
import type { SettingMeta } from "./setting-kinds.ts";
import { transportSettings } from "./transport-settings.ts";

/** Where Flyte is and who calls it. */
export const flyteSettings = {
  ...authSettings,
  ...transportSettings,
  config: text({
    description: "Flyte config file; found as the flyte CLI finds it when left out.",
    value: "FILE",
  }),
  endpoint: text({
    description: "Flyte's address: dns:///host, host:port, https://host or http://host:port.",
    env: ["FLYTE_ENDPOINT", "FLYTE_ADMIN_ENDPOINT"],
    file: "admin.endpoint",
    oldFile: "union.connection.host",
    cluster: ["_U_EP_OVERRIDE"],
    value: "URL",
  }),
  insecure: flag({
    description: "Plain HTTP; the default for loopback hosts only.",
    env: ["FLYTE_ADMIN_INSECURE"],
    file: "admin.insecure",
    oldFile: "union.connection.insecure",
    cluster: ["_U_INSECURE"],
  }),
  insecureSkipVerify: flag({
    description: "Accept any TLS certificate.",
    env: ["FLYTE_ADMIN_INSECURESKIPVERIFY"],
    file: "admin.insecureSkipVerify",
    cluster: ["_U_INSECURE_SKIP_VERIFY"],
  }),
  caFile: text({
    description: "PEM file of the certificate authorities to trust instead of the system's.",
    env: ["FLYTE_ADMIN_CACERTFILEPATH"],
    file: "admin.caCertFilePath",
    value: "FILE",
  }),
  org: text({
    description: "Organization.",
    env: ["FLYTE_ORG", "FLYTE_TASK_ORG"],
    file: "task.org",
    cluster: ["_U_ORG_NAME"],
  }),
  project: text({
    description: "Project of calls that name none.",
    env: ["FLYTE_PROJECT", "FLYTE_TASK_PROJECT"],
    file: "task.project",
    cluster: ["FLYTE_INTERNAL_EXECUTION_PROJECT"],
  }),
  domain: text({
    description: "Domain of calls that name none.",
    env: ["FLYTE_DOMAIN", "FLYTE_TASK_DOMAIN"],
    file: "task.domain",
    cluster: ["FLYTE_INTERNAL_EXECUTION_DOMAIN"],
  }),
  consoleUrl: text({
    description: "Address of the Flyte console, where it is not the endpoint's.",
    env: ["FLYTE_CONSOLE_URL", "FLYTE_CONSOLE_ENDPOINT"],
    file: "console.endpoint",
    value: "URL",
  }),
};

/** What the server offers and what it lets pass. */
export const policySettings = {
  toolGroups: list({
    description: "Only these tool groups; `all` is every group, `core` none.",
    value: "A,B",
    strict: true,
  }),
  tools: list({ description: "Only these tools; excludes --tool-groups.", value: "A,B", strict: true }),
  excludeTools: list({ description: "None of these tools.", value: "A,B", strict: true }),
  readOnly: flag({ description: "Only tools that change nothing.", strict: true }),
  readOnlyGroups: list({
    description: "Of these tool groups only the tools that change nothing.",
    value: "A,B",
    strict: true,
  }),
  taskAllowlist: list({
    description: "Only these tasks and their runs: name, project/name or domain/project/name.",
    value: "A,B",
    strict: true,
  }),
  appAllowlist: list({ description: "Only these apps.", value: "A,B", strict: true }),
  triggerAllowlist: list({
    description: "Only these triggers: name or task/name.",
    value: "A,B",
    strict: true,
  }),
  policy: text({
    description: "YAML or JSON file of the limits above; what either it or an option forbids is forbidden.",
    value: "FILE",
    strict: true,
  }),
};

/** How the server presents itself. */
export const identitySettings = {
  name: text({ description: "Server name that clients see." }),
  title: text({ description: "Server title that clients show." }),
  instructions: text({ description: "Instructions for the model, instead of the built-in ones." }),
};

/** The embedded control plane, for trying out. */
export const sandboxSettings = {
  sandbox: flag({ description: "Use an embedded Flyte control plane that plays a few sample tasks." }),
  sandboxFile: text({ description: "Keep the sandbox's state in this file.", value: "FILE" }),
};

export function metaOf(schema: z.ZodType): SettingMeta {
  return schema.meta() as unknown as SettingMeta;
}

export type SettingKind = "text" | "flag" | "list" | "number";

/** What a setting's text is read as. */
export function kindOf(schema: z.ZodType): SettingKind {
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (inner instanceof z.ZodBoolean) return "flag";
  if (inner instanceof z.ZodArray) return "list";
  return inner instanceof z.ZodNumber ? "number" : "text";
}

/** `toolGroups` -> `tool-groups`. */
export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The variables that give a setting, best first. */
export function envNames(key: string, meta: SettingMeta): string[] {
  return [`FLYTE_MCP_${flagName(key).replaceAll("-", "_").toUpperCase()}`, ...(meta.env ?? [])];
}
