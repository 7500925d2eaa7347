import { createSettingsError } from "@flyte-mcp/core";

/** A secret of the plane and the variable of the app that holds it. */
export interface MountedSecret {
  key: string;
  envVar: string;
}

const KEY = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The secrets of `--secret`; a key without a variable goes to the one of its own name. Throws a settings error. */
export function readSecrets(entries: readonly string[], env: ReadonlyMap<string, string>): MountedSecret[] {
  const secrets = entries.map(readEntry);
  const names = secrets.map(({ envVar }) => envVar);
  const twice = names.find((name, index) => names.indexOf(name) !== index || env.has(name));
  if (twice === undefined) return secrets;
  throw createSettingsError(`The variable ${twice} of the app is given twice by --secret and --env.`);
}

function readEntry(entry: string): MountedSecret {
  const cut = entry.indexOf(":");
  const key = cut === -1 ? entry : entry.slice(0, cut);
  const envVar = cut === -1 ? key.toUpperCase().replace(/[^A-Z0-9_]/g, "_") : entry.slice(cut + 1);
  // What is none may be the secret itself, so it is not shown.
  if (!KEY.test(key) || !VARIABLE.test(envVar))
    throw createSettingsError(
      "--secret is the name of a secret of the plane, and the variable to hold it: KEY or KEY:ENV.",
    );
  return { key, envVar };
}
