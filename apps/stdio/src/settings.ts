import { flyteSettings, identitySettings, policySettings, sandboxSettings } from "@flyte-mcp/core";
import { groupSettings } from "@flyte-mcp/core/command";
import { scriptSettings } from "@flyte-mcp/script";
import { searchSettings } from "@flyte-mcp/search";
import { secretSettings } from "@flyte-mcp/secret";
import { z } from "zod";

export const settings = {
  transport: z
    .enum(["stdio"], "only stdio is spoken here; flyte-mcp-http serves over HTTP")
    .default("stdio")
    .meta({
      description: "How clients are spoken to; stdio is the only one here.",
    }),
  ...policySettings,
  ...groupSettings,
  ...secretSettings,
  ...scriptSettings,
  ...flyteSettings,
  ...sandboxSettings,
  ...identitySettings,
  ...searchSettings,
};
