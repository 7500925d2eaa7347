import { flyteSettings, identitySettings, policySettings, sandboxSettings } from "@flyte-mcp/core";
import { compositionSettings } from "@flyte-mcp/composition";
import { z } from "zod";

export const settings = {
  transport: z
    .enum(["stdio"], "only stdio is spoken here; flyte-mcp-http serves over HTTP")
    .default("stdio")
    .meta({
      description: "How clients are spoken to; stdio is the only one here.",
    }),
  ...policySettings,
  ...compositionSettings,
  ...flyteSettings,
  ...sandboxSettings,
  ...identitySettings,
};
