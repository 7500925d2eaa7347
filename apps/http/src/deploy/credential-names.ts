import type { SettingMeta } from "@flyte-mcp/core";
import { settings } from "../settings.ts";

const OTHERS =
  /^_?_?(FLYTE|UNION|FLYTECTL|UCTL)(_\w+)?_(TOKEN|SECRET|PASSWORD|CREDENTIALS?|API_?KEY|CLIENTSECRET)$/i;

/** The variables that hold each secret setting of the server, by its key. */
export const credentialNames: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(settings).flatMap(([key, schema]) => {
    const { secret, env = [], cluster = [] } = schema.meta() as unknown as SettingMeta;
    const own = `FLYTE_MCP_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    return secret ? [[key, [own, ...env, ...cluster]] as const] : [];
  }),
);

/** Whether a variable of that name holds a credential for Flyte or for this server. */
export function isCredentialName(name: string): boolean {
  return [...credentialNames.values()].flat().includes(name) || OTHERS.test(name);
}
