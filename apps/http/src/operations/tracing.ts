import { SpanKind, SpanStatusCode, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import type { Attributes, Context, Tracer } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { WatchedCall, WatchedRpc } from "@flyte-mcp/core";
import { nameOf } from "./trail.ts";
import type { Trail, Watcher } from "./trail.ts";

export interface Tracing {
  watch: Watcher;
  /** Sends what is left. */
  close(): Promise<void>;
}

const CLOSE_MS = 3_000;
const propagator = new W3CTraceContextPropagator();
const carrier = {
  get: (from: Readonly<Record<string, unknown>>, key: string) => {
    const value = from[key];
    return typeof value === "string" ? value : undefined;
  },
  keys: (from: object) => Object.keys(from),
};

/** Sends a span of each call, and of each of its RPCs, to where the OTEL_ variables say. */
export function createTracing(version: string): Tracing {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ "service.name": "flyte-mcp-http", "service.version": version }))
    .merge(detectResources({ detectors: [envDetector] }));
  const processor = new BatchSpanProcessor(new OTLPTraceExporter());
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  const tracer = provider.getTracer("flyte-mcp-http", version);
  return {
    watch: (call, trail) => watch(tracer, call, trail),
    close: () => Promise.race([provider.shutdown(), giveUp()]),
  };
}

/** A collector that does not answer must not hold the process. */
function giveUp(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error("the last spans could not be sent in time")), CLOSE_MS).unref();
  });
}

function watch(tracer: Tracer, call: WatchedCall, trail: Trail) {
  const name = nameOf(call);
  const span = tracer.startSpan(
    name === undefined ? call.method : `${call.method} ${name}`,
    { kind: SpanKind.SERVER, attributes: attributesOf(call, trail) },
    parentOf(call, trail),
  );
  const own = trace.setSpan(ROOT_CONTEXT, span);
  const headers: Record<string, string> = {};
  propagator.inject(own, headers, { set: (into, key, value) => Object.assign(into, { [key]: value }) });
  return {
    headers,
    rpc: (rpc: WatchedRpc) => addRpc(tracer, own, rpc),
    end({ code }: { code: string }) {
      if (code !== "ok") {
        span.setAttribute("error.type", call.method === "tools/call" ? "tool_error" : code);
        span.setAttribute("flyte_mcp.error.code", code);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

/** By the semantic conventions of OpenTelemetry for MCP; no argument and no answer. */
function attributesOf({ method, name }: WatchedCall, { id, address }: Trail): Attributes {
  return {
    "mcp.method.name": method,
    "network.transport": "tcp",
    "network.protocol.name": "http",
    "flyte_mcp.request.id": id,
    ...(address !== undefined && { "client.address": address }),
    ...(method === "tools/call" && { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": name }),
    ...(method === "prompts/get" && { "gen_ai.prompt.name": name }),
    ...(method === "resources/read" && { "mcp.resource.uri": name }),
  };
}

/** Where the client is in its own trace: by the message, else by the request that carried it. */
function parentOf({ meta }: WatchedCall, { headers }: Trail): Context {
  const from = typeof meta["traceparent"] === "string" ? meta : headers;
  return propagator.extract(ROOT_CONTEXT, from, carrier);
}

function addRpc(
  tracer: Tracer,
  parent: Context,
  { service, method, startedAt, endedAt, code }: WatchedRpc,
): void {
  const attributes = { "rpc.system": "connect_rpc", "rpc.service": service, "rpc.method": method };
  const options = { kind: SpanKind.CLIENT, startTime: startedAt, attributes };
  const span = tracer.startSpan(`${service}/${method}`, options, parent);
  if (code !== "ok") {
    span.setAttributes({ "rpc.connect_rpc.error_code": code, "error.type": code });
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end(endedAt);
}
