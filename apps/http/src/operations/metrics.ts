import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Ended } from "./follow-requests.ts";
import { nameOf } from "./trail.ts";
import type { Watcher } from "./trail.ts";

// Of the OpenTelemetry conventions for MCP, in seconds.
const BUCKETS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

export interface Metrics {
  watch: Watcher;
  onEnd(ended: Ended): void;
  /** In the text format of Prometheus. */
  show(): Promise<string>;
  contentType: string;
}

/** Counts requests, calls and RPCs; no label holds what a caller may choose freely. */
export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { calls, underWay, rpcs, requests } = registerAll(registry, version);
  return {
    watch(call) {
      const done = calls.startTimer();
      underWay.inc();
      return {
        rpc: ({ service, method, code, startedAt, endedAt }) =>
          rpcs.observe({ rpc_service: service, rpc_method: method, code }, (endedAt - startedAt) / 1000),
        end({ code }) {
          underWay.dec();
          done({
            mcp_method_name: call.method,
            gen_ai_tool_name: nameOf(call) ?? "",
            error_type: code === "ok" ? "" : code,
          });
        },
      };
    },
    onEnd: ({ method, status }) => requests.inc({ method: isUsual(method) ? method : "other", status }),
    show: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

const isUsual = (method: string) => ["GET", "HEAD", "POST", "DELETE", "OPTIONS"].includes(method);

function registerAll(registry: Registry, version: string) {
  const registers = [registry];
  const info = { name: "flyte_mcp_build_info", help: "The version of the server.", labelNames: ["version"] };
  new Gauge({ ...info, registers }).set({ version }, 1);
  const calls = new Histogram({
    name: "mcp_server_operation_duration_seconds",
    help: "Calls of clients, by tool or prompt and by the error that they ended with.",
    labelNames: ["mcp_method_name", "gen_ai_tool_name", "error_type"],
    buckets: BUCKETS,
    registers,
  });
  const underWay = new Gauge({ name: "flyte_mcp_calls_in_flight", help: "Calls under way.", registers });
  const rpcs = new Histogram({
    name: "flyte_mcp_rpc_duration_seconds",
    help: "RPCs to Flyte, by the code that they ended with.",
    labelNames: ["rpc_service", "rpc_method", "code"],
    buckets: BUCKETS,
    registers,
  });
  const requests = new Counter({
    name: "flyte_mcp_http_requests_total",
    help: "HTTP requests, refused ones included.",
    labelNames: ["method", "status"],
    registers,
  });
  return { calls, underWay, rpcs, requests };
}
