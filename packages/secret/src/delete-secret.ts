import { Code, ConnectError } from "@connectrpc/connect";
import { assertProjectExists, defineTool, didYouMean, scopeInput } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { z } from "zod";
import { secretName } from "./secret-name.ts";

export const deleteSecret = defineTool({
  name: "delete_secret",
  title: "Delete secret",
  description:
    "Delete a secret for good: its value cannot be had back, and runs that ask for it fail from now on. One that does not exist is no error.",
  effect: "destructive",
  idempotent: true,
  input: z.object({ name: secretName }).extend(scopeInput.shape),
  output: z.object({
    name: z.string(),
    deleted: z.boolean(),
    reason: z.string().optional().describe("Why there was nothing to delete."),
  }),

  async run({ name, ...args }, { flyte, scope }) {
    const place = scope(args);
    const { org: organization, ...home } = place;
    const id = { organization, ...home, name };
    const secrets = flyte(SecretService);
    const found = await secrets.getSecret({ id }).then(() => true, absent);
    // Somebody else may have deleted it since.
    const deleted = found && (await secrets.deleteSecret({ id }).then(() => true, absent));
    return deleted ? { name, deleted } : { name, deleted, reason: await explainAbsence(flyte, name, place) };
  },
});

function absent(error: unknown): false {
  if (ConnectError.from(error).code !== Code.NotFound) throw error;
  return false;
}

async function explainAbsence(flyte: ToolContext["flyte"], name: string, place: Scope): Promise<string> {
  await assertProjectExists(flyte, place);
  const { org: organization, project, domain } = place;
  const listed = flyte(SecretService).listSecrets({ organization, project, domain, limit: 100 });
  const known = await listed
    .then(({ secrets }) => secrets.flatMap(({ id }) => id?.name ?? []))
    .catch(() => []);
  return `not found: there is no secret "${name}" in ${project}/${domain}.${didYouMean(name, known)}`;
}
