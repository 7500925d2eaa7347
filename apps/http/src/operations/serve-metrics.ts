import { createServer } from "node:http";
import type { Server } from "node:http";
import { SECURITY_HEADERS } from "../limits/security-headers.ts";
import { sendJson } from "../send.ts";
import type { Metrics } from "./metrics.ts";

/** A server of metrics alone, whose port need not be open to callers. */
export function createMetricsServer(metrics: Metrics): Server {
  return createServer(async (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    if (request.method !== "GET" || request.url?.split("?", 1).join("") !== "/metrics") {
      return sendJson(response, 404, { error: "Nothing is here; the metrics are at /metrics." });
    }
    const text = await metrics.show();
    response.writeHead(200, { "content-type": metrics.contentType }).end(text);
  });
}
