import { envNames, metaOf } from "@flyte-mcp/core/command";
import { settings } from "../settings.ts";

const OTHERS =
  /^_?_?(FLYTE|UNION|FLYTECTL|UCTL)(_\w+)?_(TOKEN|SECRET|PASSWORD|CREDENTIALS?|API_?KEY|CLIENTSECRET)$/i;

const metas = Object.entries(settings).map(([key, schema]) => {
  const meta = metaOf(schema);
  return { key, names: [...envNames(key, meta), ...(meta.cluster ?? [])], ...meta };
});
const prefixes = metas.flatMap(({ prefix }) => prefix ?? []);
const plainNames = metas.flatMap(({ secret, names }) => (secret ? [] : names));

/** The variables that hold each secret setting of the server, by its key. */
export const credentialNames: ReadonlyMap<string, readonly string[]> = new Map(
  metas.flatMap(({ key, names, secret }) => (secret ? [[key, names] as const] : [])),
);

/** Whether a variable of that name holds a credential for Flyte or this server, or a value of a secret to be made. */
export function isCredentialName(name: string): boolean {
  if (plainNames.includes(name)) return false;
  const isKnown = [...credentialNames.values()].some((names) => names.includes(name));
  return isKnown || prefixes.some((prefix) => name.startsWith(prefix)) || OTHERS.test(name);
}
