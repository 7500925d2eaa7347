import { flag, list, text } from "./setting-kinds.ts";

/** Who the server is to Flyte. */
export const authSettings = {
  authType: text({
    description: "How to log in: Pkce, ClientSecret, DeviceFlow, ExternalCommand, Passthrough or None.",
    env: ["FLYTE_AUTH_TYPE", "FLYTE_ADMIN_AUTHTYPE"],
    file: "admin.authType",
    oldFile: "union.auth.type",
    value: "TYPE",
  }),
  clientId: text({
    description: "OAuth client id.",
    env: ["FLYTE_CLIENT_ID", "FLYTE_ADMIN_CLIENTID"],
    file: "admin.clientId",
    value: "ID",
  }),
  clientSecret: text({ description: "OAuth client secret.", env: ["FLYTE_CLIENT_SECRET"], secret: true }),
  clientSecretFile: text({
    description: "File that holds the OAuth client secret.",
    env: ["FLYTE_ADMIN_CLIENTSECRETLOCATION"],
    file: "admin.clientSecretLocation",
    value: "FILE",
  }),
  clientSecretEnvVar: text({
    description: "Environment variable that holds the OAuth client secret.",
    env: ["FLYTE_ADMIN_CLIENTSECRETENVVAR"],
    file: "admin.clientSecretEnvVar",
    value: "NAME",
  }),
  authCommand: list({
    description: "Command that prints an access token.",
    env: ["FLYTE_AUTH_COMMAND", "FLYTE_ADMIN_COMMAND"],
    file: "admin.command",
    split: "command",
    value: "COMMAND",
  }),
  proxyCommand: list({
    description: "Command that prints a token for a proxy before Flyte.",
    env: ["FLYTE_AUTH_PROXY_COMMAND", "FLYTE_ADMIN_PROXYCOMMAND"],
    file: "admin.proxyCommand",
    split: "command",
    value: "COMMAND",
  }),
  scopes: list({
    description: "OAuth scopes to ask for, instead of those that Flyte advertises.",
    env: ["FLYTE_ADMIN_SCOPES"],
    file: "admin.scopes",
    split: "words",
    value: "A,B",
  }),
  audience: text({
    description: "OAuth audience to ask for, instead of the one that Flyte advertises.",
    env: ["FLYTE_ADMIN_AUDIENCE"],
    file: "admin.audience",
  }),
  allowedTokenEndpointSuffixes: list({
    description:
      "Hosts, or ends of host names, whose token endpoints may be given credentials; any when left out.",
    value: "A,B",
    strict: true,
  }),
  disableKeyring: flag({
    description: "Keep no tokens of interactive logins on disk.",
    env: ["FLYTE_ADMIN_DISABLEKEYRING"],
    file: "admin.disableKeyring",
  }),
  accessToken: text({ description: "Bearer token for Flyte.", env: ["FLYTE_ACCESS_TOKEN"], secret: true }),
  accessTokenFile: text({
    description: "File that holds a bearer token for Flyte; read again when it changes.",
    env: ["FLYTE_ACCESS_TOKEN_FILE"],
    value: "FILE",
  }),
  apiKey: text({
    description: "API key of `flyte create api-key`: endpoint, client and secret in one.",
    env: ["FLYTE_API_KEY"],
    cluster: ["_UNION_EAGER_API_KEY", "EAGER_API_KEY"],
    secret: true,
  }),
};
