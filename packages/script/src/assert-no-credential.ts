import { createToolError } from "@flyte-mcp/core";

// Formats that nothing else has, so that no harmless text is refused.
const CREDENTIALS: readonly RegExp[] = [
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  /\b(ghp|gho|ghs|ghu|ghr)_[A-Za-z0-9]{36}/,
  /\bgithub_pat_\w{22,}/,
  /\bglpat-[\w-]{20}/,
  /\bxox[abpr]-[\w-]{20,}/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bsk-(ant-|proj-)?[\w-]{32,}/,
  /\bhf_[A-Za-z0-9]{34}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];
const NAMES = /(^|_)(TOKEN|PASSWORD|PASSWD|SECRET|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)$/i;
const HINT =
  "All who may see the run would see it. Store it with create_secret and name it in secrets; the script then finds it in os.environ.";

/** Throws a tool error, without the text, when it holds what looks like a credential. */
export function assertNoCredential(where: string, text: string): void {
  if (!CREDENTIALS.some((pattern) => pattern.test(text))) return;
  const message = `No run was created: ${where} holds what looks like a credential.`;
  throw createToolError({ code: "invalid_argument", message, hint: HINT });
}

/** Throws a tool error for variables that hold credentials by their names or values, or that are Flyte's own. */
export function assertPlainVariables(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) {
    assertNotReserved(name);
    assertNoCredential(`env_vars.${name}`, value);
    if (!NAMES.test(name)) continue;
    const message = `No run was created: env_vars.${name} is named as a credential is.`;
    throw createToolError({ code: "invalid_argument", message, hint: HINT });
  }
}

const RESERVED = /^(_F_|_U_|FLYTE_INTERNAL_|FLYTE_MCP_)/;

/** Throws a tool error for a variable by which Flyte's runtime works. */
export function assertNotReserved(name: string): void {
  if (!RESERVED.test(name)) return;
  const message = `No run was created: the variable ${name} belongs to Flyte's runtime.`;
  throw createToolError({ code: "invalid_argument", message, hint: "Choose another name." });
}
