import { readAuth } from "../auth/read-auth.ts";
import type { AuthMode } from "../auth/read-auth.ts";
import type { FlyteValues } from "../client/flyte.ts";

type Sources = Partial<Record<string, string>>;

/** How the server logs in, in words, and by which setting; secrets are left out. Throws a settings error. */
export function describeLogin(
  values: FlyteValues,
  sources: Sources,
): { mode: AuthMode; words: string; source: string | undefined } {
  const mode = readAuth(values);
  return { mode, words: wordsOf(mode), source: sourceOf(mode, sources) };
}

function wordsOf(mode: AuthMode): string {
  switch (mode.kind) {
    case "none":
      return "none";
    case "pass-through":
      return "each caller's own Authorization header";
    case "token":
      return "access token (hidden)";
    case "token-file":
      return `access token in ${mode.path}`;
    case "command":
      return `command ${mode.argv[0] ?? ""}`;
    case "client-secret":
      return `secret (hidden) of client ${mode.clientId}`;
    case "pkce":
      return "a person's, in the browser, when Flyte asks";
    case "device":
      return "a person's, by a code, when Flyte asks";
  }
}

const DECIDING: Record<AuthMode["kind"], readonly string[]> = {
  none: ["authType"],
  "pass-through": ["authType"],
  token: ["accessToken"],
  "token-file": ["accessTokenFile"],
  command: ["authCommand"],
  "client-secret": ["apiKey", "clientSecret", "clientSecretEnvVar", "clientSecretFile"],
  pkce: ["authType"],
  device: ["authType"],
};

function sourceOf({ kind }: AuthMode, sources: Sources): string | undefined {
  return DECIDING[kind].map((key) => sources[key]).find((source) => source !== undefined);
}
