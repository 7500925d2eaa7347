import { flyteSettings, identitySettings, policySettings, sandboxSettings } from "@flyte-mcp/core";
import { compositionSettings } from "@flyte-mcp/composition";
import { z } from "zod";
import { callerSettings } from "./auth/auth-settings.ts";
import { limitSettings } from "./limits/limit-settings.ts";
import { operationsSettings } from "./operations/operations-settings.ts";
import { pageSettings } from "./page/page-settings.ts";

export const settings = {
  transport: z.enum(["http", "sse"], "http or sse; flyte-mcp speaks stdio").default("http").meta({
    description: "http; sse serves clients of MCP's first HTTP transport as well, and not with pass-through.",
    strict: true,
  }),
  host: z.string().min(1).default("127.0.0.1").meta({ description: "Address to listen on." }),
  port: z
    .int()
    .min(0)
    .max(65_535)
    .default(8080)
    .meta({ description: "Port to listen on; 0 takes a free one.", env: ["PORT"] }),
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
  ...pageSettings,
  ...limitSettings,
  ...operationsSettings,
  ...policySettings,
  ...compositionSettings,
  ...flyteSettings,
  ...sandboxSettings,
  ...identitySettings,
};
