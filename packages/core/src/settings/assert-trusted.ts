import type { ConfigFile } from "./config-file.ts";
import { envNames, flagName, metaOf } from "./definitions.ts";
import type { FoundSettings } from "./find-all.ts";
import type { SettingsShape } from "./setting-kinds.ts";
import { createSettingsError } from "./settings-error.ts";

// What leads to a secret without being one.
const LEADS_TO_SECRET = [
  "accessTokenFile",
  "clientSecretFile",
  "clientSecretEnvVar",
  "authCommand",
  "proxyCommand",
];
// What such a file may not have at all, and what it would do.
const ALONE = {
  authCommand: "run a command on this machine",
  proxyCommand: "run a command on this machine",
  httpProxy: "lead all calls over a proxy",
};
const WHY = "which was only found in the working directory";
// What decides who gets to read what is sent.
const REACH = ["endpoint", "insecure", "insecureSkipVerify", "caFile"];

/**
 * Throws a settings error when a config file that merely lies in the working directory would run a command, set a
 * proxy, or decide where a secret goes: whoever clones a repository has not read what is in it.
 */
export function assertTrusted(
  shape: SettingsShape,
  found: FoundSettings,
  values: Record<string, unknown>,
  file: ConfigFile | undefined,
): void {
  if (!file?.isFound) return;
  for (const [key, doing] of Object.entries(ALONE)) {
    if (found[key]?.by === "file") throw refuse(shape, key, `${found[key].from}, ${WHY}, would ${doing}`);
  }
  const reach = REACH.find((key) => found[key]?.by === "file" && values[key] !== false);
  const secret = Object.entries(shape).find(
    ([key, schema]) => (metaOf(schema).secret || LEADS_TO_SECRET.includes(key)) && found[key],
  );
  if (reach === undefined || !secret) return;
  const goes =
    reach === "endpoint" ? "would go to the endpoint in" : `would be sent by ${found[reach]?.from}`;
  const place = reach === "endpoint" ? `${goes} ${file.path}` : goes;
  throw refuse(shape, reach, `${found[secret[0]]?.from} ${place}, ${WHY}`);
}

function refuse(shape: SettingsShape, key: string, what: string): Error {
  const schema = shape[key];
  const ways = [`--${flagName(key)}`, ...(schema ? envNames(key, metaOf(schema)).slice(1, 2) : [])];
  const it = key === "endpoint" ? "the endpoint" : "that setting";
  return createSettingsError(`${what}; name that file by --config, or ${it} by ${ways.join(" or ")}.`);
}
