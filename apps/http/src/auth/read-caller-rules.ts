import { createSettingsError } from "@flyte-mcp/core";
import { isLoopbackHost } from "@flyte-mcp/core/callers";
import type { Settings } from "@flyte-mcp/core";
import type { callerSettings } from "./auth-settings.ts";
import { isSafe } from "./is-safe.ts";
import type { JwtRules } from "./jwt.ts";
import { readSharedSecrets } from "./shared-secret.ts";

/** The settings that say who may call, and from where. */
export type CallerValues = Settings<typeof callerSettings>["values"] & {
  host: string;
  allowedHosts?: readonly string[] | undefined;
  allowedOrigins?: readonly string[] | undefined;
  transport: "http" | "sse";
};

/** Who may call. */
export type CallerRules =
  /** `isPrivate`: nobody but this machine can call, also by no proxy, and needs no credential. */
  | { kind: "passthrough"; isPrivate: boolean }
  | { kind: "jwt"; jwt: JwtRules }
  | { kind: "shared-secret"; secrets: readonly string[] }
  | { kind: "none"; isPrivate: boolean };

/** Who may call by the settings. Throws a settings error where they leave the server open or contradict each other. */
export function readCallerRules(values: CallerValues): CallerRules {
  const { host, allowedHosts, allowedOrigins, publicUrl } = values;
  const isLoopback = isLoopbackHost(host);
  if (!isLoopback && !allowedHosts) {
    throw createSettingsError(
      `Listening on ${host} needs --allowed-hosts with the names that clients use, or --allowed-hosts '*'.`,
    );
  }
  assertUsed(values);
  if (publicUrl !== undefined) assertPublicUrl(publicUrl);
  const isPrivate = isLoopback && !allowedHosts && !allowedOrigins && publicUrl === undefined;
  if (values.transport === "sse" && [undefined, "passthrough"].includes(values.auth)) {
    throw createSettingsError(
      "--transport sse keeps one stream for many messages, so each cannot bring its own credential: give --auth jwt, shared-secret or none, or leave --transport out.",
    );
  }
  switch (values.auth) {
    case "none":
      return { kind: "none", isPrivate };
    case "jwt":
      return { kind: "jwt", jwt: readJwt(values) };
    case "shared-secret":
      return {
        kind: "shared-secret",
        secrets: readSharedSecrets(values.sharedSecret, values.sharedSecretFile),
      };
    default:
      if (values.forwardCookie && !allowedOrigins) {
        throw createSettingsError("--forward-cookie needs --allowed-origins with the pages that may call.");
      }
      return { kind: "passthrough", isPrivate: isPrivate && values.auth === undefined };
  }
}

const OWN_MODE = {
  jwtIssuer: ["jwt", "--jwt-issuer"],
  jwtAudience: ["jwt", "--jwt-audience"],
  jwtJwksUrl: ["jwt", "--jwt-jwks-url"],
  jwtScopes: ["jwt", "--jwt-scopes"],
  sharedSecret: ["shared-secret", "FLYTE_MCP_SHARED_SECRET"],
  sharedSecretFile: ["shared-secret", "--shared-secret-file"],
  forwardCookie: ["passthrough", "--forward-cookie"],
} as const;

/** Whoever sets a lock and forgets to shut the door is told. */
function assertUsed(values: CallerValues): void {
  for (const [key, [mode, name]] of Object.entries(OWN_MODE)) {
    const isSet = values[key as keyof typeof OWN_MODE] !== undefined;
    const isOn = mode === (values.auth ?? "passthrough");
    if (isSet && !isOn)
      throw createSettingsError(`${name} is set without --auth ${mode}; give both or neither.`);
  }
}

function readJwt({ jwtIssuer: issuer, jwtAudience, jwtJwksUrl: jwksUrl, jwtScopes }: CallerValues): JwtRules {
  if (issuer === undefined || !jwtAudience?.length) {
    throw createSettingsError("--auth jwt needs --jwt-issuer and --jwt-audience.");
  }
  for (const [name, url] of [["--jwt-issuer", issuer] as const, ["--jwt-jwks-url", jwksUrl] as const]) {
    if (url === undefined || isSafe(url)) continue;
    throw createSettingsError(`${name} must be an https address, or an http one on this machine.`);
  }
  return { issuer, audience: jwtAudience, jwksUrl, scopes: jwtScopes ?? [] };
}

function assertPublicUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.protocol === "https:" || url?.protocol === "http:";
  if (!isPlain || url.username || url.password || url.search || url.hash) {
    throw createSettingsError("--public-url must be an address such as https://mcp.example.com.");
  }
}
