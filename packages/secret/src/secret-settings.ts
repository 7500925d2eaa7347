import { flag, list, text } from "@flyte-mcp/core";

/** Variables of the server whose names begin so may become secrets without being named. */
export const SECRET_PREFIX = "FLYTE_MCP_SECRET_";

/** Where the values of new secrets may come from. */
export const secretSettings = {
  secretEnv: list({
    description: `Variables that create_secret may read, beside those named ${SECRET_PREFIX}*.`,
    value: "A,B",
    prefix: SECRET_PREFIX,
  }),
  secretDir: text({ description: "Folder below which create_secret may read files.", value: "DIR" }),
  secretArguments: flag({
    description: "Let create_secret take a value as an argument; --no-secret-arguments turns it off.",
    strict: true,
  }),
};

/** The variables that give these settings and so are no secrets, though they are named alike. */
export const secretVariables: readonly string[] = ["ENV", "DIR", "ARGUMENTS"].map(
  (name) => SECRET_PREFIX + name,
);
