import { text } from "@flyte-mcp/core";
import { z } from "zod";

/** What the people who run a server see of it. */
export const operationsSettings = {
  logLevel: z.enum(["debug", "info", "warn", "error", "silent"]).default("info").meta({
    description: "The least grave lines to log: debug, info, warn, error, silent.",
    value: "LEVEL",
  }),
  logFormat: z.enum(["text", "json"]).optional().meta({
    description: "text or json; text on a terminal, json elsewhere when left out.",
    value: "FORMAT",
  }),
  auditLog: text({
    description: "File to which each call that may write is recorded; with the log when left out.",
    value: "FILE",
    strict: true,
  }),
  metricsPort: z.int().min(1).max(65_535).optional().meta({
    description: "Port of the metrics for Prometheus, at /metrics; there are none when left out.",
  }),
  metricsHost: text({ description: "Address to serve the metrics on; that of --host when left out." }),
};
