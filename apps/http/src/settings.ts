import { flyteSettings, identitySettings, policySettings, sandboxSettings } from "@flyte-mcp/core";
import { groupSettings } from "@flyte-mcp/core/command";
import { scriptSettings } from "@flyte-mcp/script";
import { searchSettings } from "@flyte-mcp/search";
import { secretSettings } from "@flyte-mcp/secret";
import { z } from "zod";
import { callerSettings } from "./auth/auth-settings.ts";
import { limitSettings } from "./limits/limit-settings.ts";

export const settings = {
  host: z.string().min(1).default("127.0.0.1").meta({ description: "Address to listen on." }),
  port: z
    .int()
    .min(0)
    .max(65_535)
    .default(8080)
    .meta({ description: "Port to listen on; 0 takes a free one." }),
  mountPath: z
    .string()
    .regex(/^\/[^\s?#]*[^\s?#/]$/, "must be an absolute path without a trailing slash, such as /flyte-mcp")
    .default("/flyte-mcp")
    .meta({ description: "The MCP endpoint is this path and /mcp.", value: "PATH" }),
  allowedHosts: z.array(z.string().min(1)).optional().meta({
    description: "Host headers to accept beside loopback names; * accepts any.",
    value: "A,B",
    strict: true,
  }),
  allowedOrigins: z.array(z.string().min(1)).optional().meta({
    description: "Origin headers to accept beside loopback ones.",
    value: "A,B",
    strict: true,
  }),
  ...callerSettings,
  ...limitSettings,
  ...policySettings,
  ...groupSettings,
  ...secretSettings,
  ...scriptSettings,
  ...flyteSettings,
  ...sandboxSettings,
  ...identitySettings,
  ...searchSettings,
};
