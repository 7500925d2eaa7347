import { flag, list, text } from "@flyte-mcp/core";
import { z } from "zod";

/** The ways to decide who may call. */
export const AUTH_MODES = ["passthrough", "jwt", "shared-secret", "none"] as const;

export type AuthMode = (typeof AUTH_MODES)[number];

const MODES = AUTH_MODES.join(", ");
const SEVERAL = "A,B";

/** Who may call the server. */
export const callerSettings = {
  auth: z
    .enum(AUTH_MODES, `must be one of ${MODES}`)
    .optional()
    .meta({
      description: `Who may call: ${MODES}; passthrough when left out, and on this machine alone anybody.`,
      value: "MODE",
      strict: true,
    }),
  verifyFor: z.int().min(0).max(3600).default(300).meta({
    description: "Seconds for which a credential that Flyte took is not checked again.",
  }),
  forwardCookie: flag({
    description: "Send callers' cookies to Flyte as well; from pages of --allowed-origins only.",
  }),
  jwtIssuer: text({
    description: "Who issues the tokens of callers, with --auth jwt.",
    value: "URL",
    strict: true,
  }),
  jwtAudience: list({
    description: "For whom these tokens are issued; one of them must be this.",
    value: SEVERAL,
    strict: true,
  }),
  jwtJwksUrl: text({
    description: "Where the issuer's keys are; found by its metadata when left out.",
    value: "URL",
    strict: true,
  }),
  jwtScopes: list({
    description: "Scopes that a token must have, all of them.",
    value: SEVERAL,
    strict: true,
  }),
  sharedSecret: text({
    description: "The secret that callers send with --auth shared-secret; several by commas.",
    secret: true,
    strict: true,
  }),
  sharedSecretFile: text({ description: "File that holds the shared secret.", value: "FILE", strict: true }),
  publicUrl: text({
    description: "Address of the server before the mount path, as clients see it: https://mcp.example.com.",
    value: "URL",
    strict: true,
  }),
};
