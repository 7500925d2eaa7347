import type { Flyte, Settings } from "@flyte-mcp/core";
import { createAudit } from "./audit.ts";
import type { Audit } from "./audit.ts";
import { followRequests } from "./follow-requests.ts";
import type { Follow } from "./follow-requests.ts";
import { createLog } from "./log.ts";
import type { Log } from "./log.ts";
import type { operationsSettings } from "./operations-settings.ts";
import { createReadiness } from "./readiness.ts";
import type { Readiness } from "./readiness.ts";
import type { Server } from "node:http";

type Values = Settings<typeof operationsSettings>["values"];

/** What a server tells the people who run it. */
export interface Operations {
  log: Log;
  /** Whether lines are for a person. */
  isForPeople: boolean;
  follow: Follow;
  readiness: () => Promise<Readiness>;
  /** To be listened on by its own port. */
  metrics: Server | undefined;
  /** Opens files anew, where there are any. */
  reopen: (() => void) | undefined;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Opens log, audit, metrics and traces as the settings say. Throws a settings error. */
export async function openOperations(
  values: Values,
  flyte: Flyte,
  version: string,
  env = process.env,
): Promise<Operations> {
  const format = values.logFormat ?? (process.stderr.isTTY ? "text" : "json");
  const lines = { format, secrets: flyte.secrets };
  const log = createLog({ ...lines, level: values.logLevel });
  const audit = createAudit(values.auditLog, lines);
  // Most servers have neither, and start the sooner.
  const metrics =
    values.metricsPort === undefined ? undefined : (await import("./metrics.ts")).createMetrics(version);
  const tracing = isTraced(env) ? (await import("./tracing.ts")).createTracing(version) : undefined;
  const watchers = [audit.watch, ...(metrics ? [metrics.watch] : []), ...(tracing ? [tracing.watch] : [])];
  return {
    log,
    isForPeople: format === "text",
    follow: followRequests({ log, watchers, onEnd: metrics?.onEnd }),
    readiness: createReadiness(flyte),
    metrics: metrics && (await import("./serve-metrics.ts")).createMetricsServer(metrics),
    reopen: audit.reopen && (() => tryTo(audit.reopen, log)),
    close: async () => tracing?.close(),
  };
}

/** A signal must not end the server for want of a file. */
function tryTo(reopen: Audit["reopen"], log: Log): void {
  try {
    reopen?.();
  } catch (error) {
    log.error({ reason: String(error) }, "the audit log goes on in its old file");
  }
}

/** By the variables that every OpenTelemetry program reads. */
function isTraced(env: Record<string, string | undefined>): boolean {
  if (env["OTEL_SDK_DISABLED"]?.toLowerCase() === "true" || env["OTEL_TRACES_EXPORTER"] === "none")
    return false;
  return Boolean(env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] || env["OTEL_EXPORTER_OTLP_ENDPOINT"]);
}
