import { Code, ConnectError } from "@connectrpc/connect";
import { createToolError, didYouMean } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { SecretService } from "@flyte-mcp/idl/secret/secret";

const MOST_NAMES = 200;

/** Throws a tool error for the first name of which the plane says that no secret is there; a plane that does not say passes all. */
export async function assertSecrets(
  flyte: ToolContext["flyte"],
  scope: Scope,
  names: readonly string[],
): Promise<void> {
  for (const name of new Set(names)) {
    if (await isMissing(flyte, scope, name)) throw await unknownSecret(flyte, scope, name);
  }
}

/** A pod finds a secret of its project and domain, then of its domain, then of all. */
async function isMissing(flyte: ToolContext["flyte"], { org, project, domain }: Scope, name: string) {
  const places = [{ project, domain }, { domain }, {}];
  for (const place of places) {
    try {
      await flyte(SecretService).getSecret({ id: { organization: org, ...place, name } });
      return false;
    } catch (error) {
      if (ConnectError.from(error).code !== Code.NotFound) return false;
    }
  }
  return true;
}

async function unknownSecret(flyte: ToolContext["flyte"], scope: Scope, name: string): Promise<Error> {
  const { org: organization, project, domain } = scope;
  const listed = flyte(SecretService).listSecrets({ organization, project, domain, limit: MOST_NAMES });
  const known = await listed
    .then(({ secrets }) => secrets.flatMap(({ id }) => id?.name ?? []))
    .catch(() => []);
  return createToolError({
    code: "not_found",
    message: `No run was created: there is no secret "${name}" in ${project}/${domain}.${didYouMean(name, known)}`,
    hint: "Call list_secrets to see what exists, or create_secret.",
  });
}
