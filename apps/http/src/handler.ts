import type { IncomingMessage, ServerResponse } from "node:http";
import type { Settings } from "@flyte-mcp/core";
import type { Identify } from "./auth/identify.ts";
import { checkContent, checkRequest } from "./check-request.ts";
import { checkSender } from "./check-sender.ts";
import type { AnswerMcp } from "./endpoint/answer-mcp.ts";
import { findPlace } from "./find-place.ts";
import type { Place } from "./find-place.ts";
import type { Gate } from "./limits/admit.ts";
import { securityHeaders } from "./limits/security-headers.ts";
import { describeMessage } from "./operations/follow-requests.ts";
import type { Followed } from "./operations/follow-requests.ts";
import type { Operations } from "./operations/open-operations.ts";
import { readBody } from "./read-body.ts";
import { isRefusal, sendRefusal } from "./refusal.ts";
import { sendJson, sendRpcError } from "./send.ts";
import type { settings } from "./settings.ts";
import type { OldClients } from "./sse/old-clients.ts";

export interface HandlerOptions {
  values: Settings<typeof settings>["values"];
  answerMcp: AnswerMcp;
  identify: Identify;
  gate: Gate;
  operations: Pick<Operations, "log" | "follow" | "readiness">;
  /** Where clients of the first HTTP transport are served as well. */
  oldClients?: OldClients | undefined;
}

/** Answers a GET or HEAD of one path; what it serves is for anybody whose `Host` is accepted. */
export type Page = (request: IncomingMessage, response: ServerResponse) => void;

const READS = ["GET", "HEAD"];

/** Answers HTTP requests: probes to anybody, then the pages, then the MCP endpoint, and short sentences for all else. */
export function createHandler(options: HandlerOptions, pages: ReadonlyMap<string, Page> = new Map()) {
  const { values, operations, oldClients } = options;
  const headers = Object.entries(securityHeaders(values.publicUrl));
  return (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of headers) response.setHeader(name, value);
    const path = (request.url ?? "/").split("?", 1).join("");
    const followed = operations.follow(request, response, path);
    const probe = request.method === "GET" ? probes[path] : undefined;
    if (probe) return probe(response, operations);
    const refusal = checkRequest(request) ?? checkSender(request.headers, values);
    if (refusal) return sendRefusal(response, refusal);
    const page = READS.includes(request.method ?? "") ? pages.get(path) : undefined;
    if (page) return page(request, response);
    const place = findPlace(request, path, values.mountPath, oldClients !== undefined);
    if (isRefusal(place)) return sendRefusal(response, place);
    const misplaced = place.kind === "stream" ? undefined : checkContent(request);
    if (misplaced) return sendRefusal(response, misplaced);
    answer(request, response, place, followed, options).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      operations.log.error({ request_id: followed.trail.id, reason }, "a request could not be answered");
      if (!response.headersSent) sendRpcError(response, 500, -32603, "Internal error");
      else response.destroy();
    });
  };
}

type Probe = (response: ServerResponse, operations: HandlerOptions["operations"]) => void;

/** For who asks by an address that no caller uses, such as a kubelet. */
const probes: Readonly<Record<string, Probe>> = {
  "/health": (response) => sendJson(response, 200, { status: "healthy" }),
  "/ready": (response, { readiness }) =>
    void readiness().then(({ isReady, reason }) =>
      sendJson(response, isReady ? 200 : 503, isReady ? { status: "ready" } : { status: "unready", reason }),
    ),
};

/** Who calls is known before a byte of the body is read. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  place: Place,
  { trail, watch }: Followed,
  options: HandlerOptions,
): Promise<void> {
  const { gate, identify, oldClients, answerMcp } = options;
  const closed = gate.admit(request, response);
  if (closed) return sendRefusal(response, closed);
  const caller = await identify(request);
  if (isRefusal(caller)) return sendRefusal(response, caller);
  trail.caller = caller;
  if (place.kind === "stream") return oldClients?.open(response, { caller, watch });
  const body = await readBody(request);
  if (body === undefined) return;
  if (isRefusal(body)) return sendRefusal(response, body);
  const { json } = body;
  trail.asks = describeMessage(json);
  const excess = gate.charge(request, Array.isArray(json) ? json.length - 1 : 0);
  if (excess) return sendRefusal(response, excess);
  if (place.kind === "message") return oldClients?.take(request, response, { json, caller, watch });
  answerMcp(request, response, { json, caller, watch });
}
