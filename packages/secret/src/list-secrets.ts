import {
  assertProjectExists,
  defineTool,
  isoTime,
  limitInput,
  listRows,
  scopeInput,
  tokenInput,
} from "@flyte-mcp/core";
import type { Secret, SecretIdentifier } from "@flyte-mcp/idl/secret/definition";
import { OverallStatus, SecretType } from "@flyte-mcp/idl/secret/definition";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { z } from "zod";

const SCOPES = ["project", "domain", "organization"] as const;

export const listSecrets = defineTool({
  name: "list_secrets",
  title: "List secrets",
  description:
    "List the names of the secrets in a project and domain. Call it to see which secret a task can ask for; nobody can read a value back.",
  effect: "read",
  input: z.object({ limit: limitInput, token: tokenInput }).extend(scopeInput.shape),
  output: z.object({
    secrets: z.array(
      z.object({
        name: z.string(),
        type: z.enum(["regular", "image_pull", "unknown"]),
        scope: z.enum(SCOPES).describe("Whose tasks can use it."),
        status: z.string().optional().describe("Whether it is in all clusters."),
        created_at: z.string().optional(),
      }),
    ),
    next_token: z.string().optional(),
  }),

  async run({ limit, token, ...args }, { flyte, scope }) {
    const place = scope(args);
    const { org: organization, project, domain } = place;
    const { rows, nextToken } = await listRows(limit, token ?? "", async (page) => {
      const answer = await flyte(SecretService).listSecrets({ organization, project, domain, ...page });
      return { rows: answer.secrets, token: answer.token };
    });
    if (rows.length === 0 && token === undefined) await assertProjectExists(flyte, place);
    return { secrets: rows.map(describeSecret), next_token: nextToken };
  },
});

const TYPES = { [SecretType.GENERIC]: "regular", [SecretType.IMAGE_PULL_SECRET]: "image_pull" } as const;

function describeSecret({ id, secretMetadata }: Secret) {
  const { type = SecretType.GENERIC, secretStatus, createdTime } = secretMetadata ?? {};
  const status = secretStatus?.overallStatus || undefined;
  return {
    name: id?.name ?? "",
    type: TYPES[type] ?? "unknown",
    scope: scopeOf(id),
    status: status && OverallStatus[status]?.toLowerCase(),
    created_at: isoTime(createdTime),
  };
}

function scopeOf(id: SecretIdentifier | undefined): (typeof SCOPES)[number] {
  if (id?.project) return "project";
  return id?.domain ? "domain" : "organization";
}
