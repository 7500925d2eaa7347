import { readFileSync } from "node:fs";
import { readToken } from "../client/credentials.ts";
import type { authSettings } from "../settings/auth-settings.ts";
import type { Settings } from "../settings/read-settings.ts";
import { createSettingsError } from "../settings/settings-error.ts";
import { readApiKey } from "./api-key.ts";
import { readAuthType } from "./auth-type.ts";
import type { AuthType } from "./auth-type.ts";

export type AuthValues = Settings<typeof authSettings>["values"];

/** How the server shows Flyte who it is. */
export type AuthMode =
  | { kind: "none" }
  | { kind: "pass-through" }
  | { kind: "token"; token: string }
  | { kind: "token-file"; path: string }
  | { kind: "command"; argv: readonly string[] }
  | { kind: "client-secret"; clientId: string; clientSecret: string }
  /** A person logs in, once the plane asks for it; `isAsked` when a setting names the way. */
  | { kind: "pkce" | "device"; clientId: string | undefined; isAsked: boolean };

type Env = Record<string, string | undefined>;

/** The way to log in that the settings mean; without any word on it a person logs in, should Flyte ask. Throws a settings error. */
export function readAuth(values: AuthValues, env: Env = process.env): AuthMode {
  const type = readAuthType(values.authType);
  if (type === "none" || type === "pass-through") return { kind: type };
  return (
    readGiven(values) ??
    readCommand(values, type) ??
    readClient(values, type, env) ??
    readPerson(values, type)
  );
}

/** A token wins over an auth type: config files name `Pkce` without a thought. */
function readGiven(values: AuthValues): AuthMode | undefined {
  const token = readToken(values.accessToken);
  if (token !== undefined) return { kind: "token", token };
  if (values.accessTokenFile !== undefined) return { kind: "token-file", path: values.accessTokenFile };
  if (values.apiKey === undefined) return undefined;
  const { clientId, clientSecret } = readApiKey(values.apiKey);
  return { kind: "client-secret", clientId, clientSecret };
}

function readCommand({ authCommand }: AuthValues, type: AuthType | undefined): AuthMode | undefined {
  if (type !== "command" && (type !== undefined || !authCommand?.length)) return undefined;
  if (authCommand?.length) return { kind: "command", argv: authCommand };
  throw createSettingsError(
    "The auth type ExternalCommand needs a command that prints a token: set --auth-command, FLYTE_AUTH_COMMAND or admin.command.",
  );
}

/** A client's secret decides for itself, as it does for the flyte CLI, whatever type a config file names. */
function readClient(values: AuthValues, type: AuthType | undefined, env: Env): AuthMode | undefined {
  const clientSecret = readSecret(values, env);
  const { clientId } = values;
  if (clientSecret === undefined && type !== "client-secret") return undefined;
  if (clientSecret === undefined) {
    throw createSettingsError(
      "The auth type ClientSecret needs a secret: set FLYTE_CLIENT_SECRET, --client-secret-file, --client-secret-env-var or FLYTE_API_KEY.",
    );
  }
  if (clientId === undefined) {
    throw createSettingsError("The client secret needs its client: set --client-id or FLYTE_CLIENT_ID.");
  }
  return { kind: "client-secret", clientId, clientSecret };
}

function readSecret(values: AuthValues, env: Env): string | undefined {
  const { clientSecret, clientSecretEnvVar: name, clientSecretFile: path } = values;
  const found = clientSecret ?? (name === undefined ? undefined : env[name]) ?? readSecretFile(path);
  if (found) return found;
  if (name === undefined && path === undefined) return undefined;
  throw createSettingsError(
    path === undefined
      ? `The variable ${name}, which is to hold the client secret, is not set.`
      : `The client secret file ${path} is empty.`,
  );
}

function readSecretFile(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "");
  } catch {
    throw createSettingsError(`The client secret file ${path} cannot be read.`);
  }
}

function readPerson({ clientId }: AuthValues, type: AuthType | undefined): AuthMode {
  return { kind: type === "device" ? "device" : "pkce", clientId, isAsked: type !== undefined };
}
