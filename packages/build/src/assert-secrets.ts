import { Code, ConnectError } from "@connectrpc/connect";
import { createToolError } from "@flyte-mcp/core";
import type { Scope, ToolContext } from "@flyte-mcp/core";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import type { SecretInit } from "@flyte-mcp/images";

/** Throws a tool error for a secret that is neither the project's nor the domain's nor the organization's: its build would hang or fail late. */
export async function assertSecrets(
  flyte: ToolContext["flyte"],
  scope: Scope,
  secrets: readonly SecretInit[],
): Promise<void> {
  for (const { key = "", group = "" } of secrets) {
    // A group names an object of the cluster that Flyte does not list.
    if (group !== "" || (await isThere(flyte, scope, key))) continue;
    throw createToolError({
      code: "not_found",
      message: `There is no secret "${key}" in ${scope.project}/${scope.domain}.`,
      hint: "list_secrets shows those that there are; create_secret makes one.",
    });
  }
}

async function isThere(flyte: ToolContext["flyte"], scope: Scope, name: string): Promise<boolean> {
  const { org: organization, project, domain } = scope;
  for (const place of [
    { project, domain },
    { project: "", domain },
    { project: "", domain: "" },
  ]) {
    const answer = await look(flyte, { organization, ...place, name });
    if (answer !== "not here") return true;
  }
  return false;
}

type SecretId = { organization: string; project: string; domain: string; name: string };

async function look(flyte: ToolContext["flyte"], id: SecretId): Promise<"here" | "not here" | "unknown"> {
  try {
    await flyte(SecretService).getSecret({ id });
    return "here";
  } catch (error) {
    // A caller who may not list secrets may still build with one.
    return ConnectError.from(error).code === Code.NotFound ? "not here" : "unknown";
  }
}
