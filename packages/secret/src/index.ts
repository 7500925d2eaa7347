import { statSync } from "node:fs";
import { createSettingsError, defineToolGroup } from "@flyte-mcp/core";
import type { ToolGroup } from "@flyte-mcp/core";
import { createSecretTool } from "./create-secret.ts";
import { deleteSecret } from "./delete-secret.ts";
import { listSecrets } from "./list-secrets.ts";
import type { SecretOptions } from "./secret-options.ts";

export type { SecretOptions } from "./secret-options.ts";
export { secretSettings } from "./secret-settings.ts";

/** Tools for secrets, whose values may come from where the options say. Throws a settings error when `dir` is no folder. */
export function secret(options: SecretOptions = {}): ToolGroup {
  if (options.dir !== undefined && !isFolder(options.dir))
    throw createSettingsError(`--secret-dir is "${options.dir}", which is not a folder.`);
  return defineToolGroup({
    name: "secret",
    description: "Secrets: list names, create, delete; values are never shown.",
    tools: [listSecrets, createSecretTool(options), deleteSecret],
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
