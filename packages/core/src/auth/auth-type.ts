import { didYouMean } from "../nearest.ts";
import { createSettingsError } from "../settings/settings-error.ts";

export type AuthType = "pkce" | "device" | "client-secret" | "command" | "pass-through" | "none";

const NAMES = ["Pkce", "ClientSecret", "DeviceFlow", "ExternalCommand", "Passthrough", "None"];

const ALIASES: Record<string, AuthType> = {
  pkce: "pkce",
  deviceflow: "device",
  headless: "device",
  clientsecret: "client-secret",
  clientcredentials: "client-secret",
  appcredential: "client-secret",
  basic: "client-secret",
  externalcommand: "command",
  command: "command",
  custom: "command",
  passthrough: "pass-through",
  none: "none",
  anonymous: "none",
};

/** The way to log in that a name means, in any spelling of the flyte tools. Throws a settings error. */
export function readAuthType(name: string | undefined): AuthType | undefined {
  if (name === undefined) return undefined;
  const type = ALIASES[name.trim().toLowerCase().replace(/[-_ ]/g, "")];
  if (type !== undefined) return type;
  throw createSettingsError(
    `The auth type "${name.slice(0, 40)}" is not known; it is Pkce, ClientSecret, DeviceFlow, ExternalCommand, Passthrough or None.` +
      didYouMean(name, NAMES),
  );
}
