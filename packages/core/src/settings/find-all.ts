import type { ApiKey } from "../auth/api-key.ts";
import { coerce } from "./coerce.ts";
import { expandHome } from "./config-file.ts";
import { metaOf } from "./definitions.ts";
import { findValue } from "./find-value.ts";
import type { Found, Places } from "./find-value.ts";
import type { SettingsShape } from "./setting-kinds.ts";

/** What was found of each setting. */
export type FoundSettings = Record<string, Found | undefined>;

// Whoever sets one of these has said how to log in; a key that the plane gives its containers then does not count.
const LOGIN = ["authType", "authCommand", "accessToken", "accessTokenFile", "clientSecret"];
const LOGIN_BY_PLACE = ["clientSecretFile", "clientSecretEnvVar"];

/** What the best place says of each setting, an API key's endpoint and organization included. Throws a settings error. */
export async function findAll(shape: SettingsShape, places: Places): Promise<FoundSettings> {
  const found = Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [key, findValue(key, schema, places)] as const),
  );
  if (found["apiKey"] && isKeyUnwanted(found, places)) delete found["apiKey"];
  const { apiKey } = found;
  if (apiKey === undefined || !("endpoint" in shape)) return found;
  // Loaded only where there is a key: a start is to be quick.
  const { readApiKey } = await import("../auth/api-key.ts");
  return withKey(found, readApiKey(String(apiKey.raw)), apiKey);
}

function isKeyUnwanted({ apiKey, ...found }: FoundSettings, { file }: Places): boolean {
  if (apiKey?.by !== "cluster") return false;
  const isLoginSet = [...LOGIN, ...LOGIN_BY_PLACE].some((key) => isByPerson(found[key]));
  // A file that is named for this process stands for all that the plane would give it.
  return isLoginSet || (file?.isNamed === true && found["endpoint"]?.by === "file");
}

/** The key says where and who; a file still says project, domain and whom to trust. */
function withKey(found: FoundSettings, { endpoint, org }: ApiKey, { from, by }: Found): FoundSettings {
  const supplied = (raw: string): Found => ({ raw, from, by: "key" });
  const { endpoint: address, org: given, insecure, ...rest } = found;
  if (isByPerson(address)) return { ...found, org: given ?? (org === undefined ? undefined : supplied(org)) };
  const isOrgOurs = org !== undefined && !isByPerson(given) && !(by === "cluster" && given?.by === "cluster");
  return {
    ...rest,
    endpoint: supplied(endpoint),
    org: isOrgOurs ? supplied(org) : given,
    // Plain HTTP was meant for another endpoint; a key's secret must not go over it by accident.
    insecure: isByPerson(insecure) ? insecure : undefined,
  };
}

function isByPerson(found: Found | undefined): boolean {
  return found?.by === "flag" || found?.by === "env";
}

/** The values of what was found, defaults for the rest. Throws a settings error. */
export function readValues(
  shape: SettingsShape,
  found: FoundSettings,
  home: string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => {
      const { raw, from } = found[key] ?? {};
      if (from === undefined) return [key, schema.parse(undefined)] as const;
      const value = coerce(schema, raw, from);
      // A client starts the server without a shell, which would have done this.
      const isPath = metaOf(schema).value === "FILE" && typeof value === "string";
      return [key, isPath ? expandHome(value, home) : value] as const;
    }),
  );
}
