import { Code, ConnectError } from "@connectrpc/connect";
import { defineTool } from "@flyte-mcp/core";
import type { ToolContext } from "@flyte-mcp/core";
import { IdentityService } from "@flyte-mcp/idl/auth/identity";
import { z } from "zod";

export const whoami = defineTool({
  name: "whoami",
  title: "Who am I",
  description:
    "Say as whom this server calls Flyte, at which endpoint, and which project and domain calls use that name none.",
  effect: "read",
  input: z.object({}),
  output: z.object({
    subject: z.string().optional(),
    name: z.string().optional(),
    email: z.string().optional(),
    preferred_username: z.string().optional(),
    identity_error: z.string().optional().describe("Why Flyte names nobody; all else still holds."),
    endpoint: z.string(),
    org: z.string().optional(),
    project: z.string().optional(),
    domain: z.string().optional(),
    auth: z.string().describe("How calls are signed."),
  }),

  async run(_input, { flyte, plane }) {
    const { endpoint, org, project, domain, auth } = plane;
    const place = { endpoint, org: org || undefined, project, domain };
    return { ...(await readIdentity(flyte, auth !== "none")), ...place, auth };
  },
});

async function readIdentity(flyte: ToolContext["flyte"], isSigned: boolean) {
  try {
    const { subject, name, email, preferredUsername } = await flyte(IdentityService).userInfo({});
    return {
      subject: subject || undefined,
      name: name || undefined,
      email: email || undefined,
      preferred_username: preferredUsername || undefined,
    };
  } catch (error) {
    return { identity_error: explainAbsence(error, isSigned) };
  }
}

/** Why a plane names nobody; any other failure is the call's own. */
function explainAbsence(error: unknown, isSigned: boolean): string {
  const { code } = ConnectError.from(error);
  if (code === Code.Unimplemented) return "This control plane has no identity service.";
  if (code !== Code.Unauthenticated) throw error;
  return isSigned
    ? "Flyte finds nobody in the credential: it may be expired or meant for something else, or nothing before Flyte checks logins."
    : "Calls carry no credential, so Flyte knows nobody; a plane without login, such as a local one, needs none.";
}
