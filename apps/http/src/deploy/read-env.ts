import { createSettingsError } from "@flyte-mcp/core";
import { isCredentialName } from "./credential-names.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
// Knative sets them, and refuses an app that does.
const RESERVED = ["PORT", "K_SERVICE", "K_REVISION", "K_CONFIGURATION"];
const FILES = ["FLYTE_MCP_CONFIG", "UCTL_CONFIG", "FLYTECTL_CONFIG"];

/** The variables of `--env`, the last of each name. Throws a settings error, which shows no value. */
export function readEnv(pairs: readonly string[], secrets: readonly string[]): Map<string, string> {
  return new Map(pairs.map((pair) => readPair(pair, secrets)));
}

function readPair(pair: string, secrets: readonly string[]): [name: string, value: string] {
  const cut = pair.indexOf("=");
  const name = pair.slice(0, cut);
  const value = pair.slice(cut + 1);
  if (cut < 1) throw createSettingsError("--env is given as NAME=VALUE.");
  if (!NAME.test(name)) throw createSettingsError("--env needs a name of letters, digits and underscores.");
  if (RESERVED.includes(name))
    throw createSettingsError(`--env ${name}: the plane sets it itself; --container-port says the port.`);
  if (FILES.includes(name))
    throw createSettingsError(
      `--env ${name} would name a file that is not looked at here; give its settings by --env or after "--".`,
    );
  if (isCredentialName(name)) throw refuse(name, "is a credential, and an app's variables can be read");
  if (secrets.some((secret) => value === secret || (secret.length >= 8 && value.includes(secret))))
    throw refuse(name, "holds a credential of your own, which the app is not to get");
  return [name, value];
}

function refuse(name: string, why: string): Error {
  return createSettingsError(
    `--env ${name} ${why}; keep it as a secret of the plane and give --secret KEY:${name}.`,
  );
}
