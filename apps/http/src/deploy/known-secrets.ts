import { readFileSync } from "node:fs";
import type { Flyte } from "@flyte-mcp/core";
import { createSettingsError } from "@flyte-mcp/core";
import type { DeployValues } from "./deploy-values.ts";
import { isCredentialName } from "./credential-names.ts";

const SHORTEST = 8;

/** The credentials of whoever deploys, as far as they are known by now; a login adds some. */
export function knownSecrets(
  flyte: Flyte,
  values: DeployValues,
  env: Record<string, string | undefined> = process.env,
): string[] {
  const { accessToken, apiKey, clientSecret, accessTokenFile, clientSecretFile, clientSecretEnvVar } = values;
  const variables = Object.keys(env).filter((name) => isCredentialName(name) || name === clientSecretEnvVar);
  const given = [
    ...[accessToken, apiKey, clientSecret, readQuietly(accessTokenFile), readQuietly(clientSecretFile)],
    ...variables.map((name) => env[name]),
  ].flatMap((text) => [text?.trim(), text?.trim().replace(/^bearer\s+/i, "")]);
  return [...new Set([...flyte.secrets, ...given.filter((text) => text !== undefined)])].filter(Boolean);
}

/** Throws a settings error where a credential is anywhere in what would be sent. */
export function assertWithoutSecrets(sent: string, secrets: readonly string[]): void {
  const isIn = (secret: string) =>
    sent.includes(secret) || sent.includes(JSON.stringify(secret).slice(1, -1));
  if (!secrets.some((secret) => secret.length >= SHORTEST && isIn(secret))) return;
  throw createSettingsError(
    "What is to be deployed holds a credential of your own, which the app is not to get; keep it as a secret of the plane and give --secret KEY:ENV.",
  );
}

/** What cannot be read is told by whoever needs it. */
function readQuietly(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
