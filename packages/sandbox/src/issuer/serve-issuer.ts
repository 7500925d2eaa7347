import type { IncomingMessage, ServerResponse } from "node:http";
import type { Issuer } from "./issuer.ts";
import { ISSUER_PATH } from "./issuer.ts";
import { decideAuthorize, decideDevice, openDevice, page, showAuthorize, showDevice } from "./pages.ts";
import type { PageAnswer } from "./pages.ts";
import { answerToken } from "./token-endpoint.ts";

const MOST_BYTES = 100_000;

/** Answers a request below the issuer's path: its token endpoint and the pages that a person walks through. */
export async function serveIssuer(
  issuer: Issuer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { host = "localhost", "x-forwarded-proto": scheme = "http" } = request.headers;
  const at = `${scheme as string}://${host}`;
  const url = new URL(request.url ?? "/", at);
  const route = `${request.method} ${url.pathname.slice(ISSUER_PATH.length)}`;
  const fields = request.method === "POST" ? await readForm(request) : url.searchParams;
  if (route === "POST token") {
    const { status, json } = answerToken(issuer, fields, request.headers.authorization);
    return sendJson(response, status, json);
  }
  if (route === "POST device_authorization") {
    const isKnown = fields.get("client_id") === issuer.clientId;
    return isKnown
      ? sendJson(response, 200, openDevice(issuer, at))
      : sendJson(response, 401, { error: "invalid_client" });
  }
  sendPage(response, answerPage(issuer, route, fields));
}

function answerPage(issuer: Issuer, route: string, fields: URLSearchParams): PageAnswer {
  if (route === "GET authorize") return showAuthorize(issuer, fields);
  if (route === "POST authorize") return decideAuthorize(issuer, fields);
  if (route === "GET device") return showDevice(fields);
  if (route === "POST device") return decideDevice(issuer, fields);
  if (route === "GET login") return page(200, "Please log in.");
  return page(404, "Nothing is here.");
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = "";
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString();
    if (body.length > MOST_BYTES) break;
  }
  return new URLSearchParams(body);
}

function sendJson(response: ServerResponse, status: number, json: Record<string, unknown>): void {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  // As a gateway that stands before an issuer: its failures come as pages.
  if (status >= 500) return sendPage(response, page(status, "Bad gateway"));
  response.writeHead(status, headers).end(JSON.stringify(json));
}

export function sendPage(response: ServerResponse, answer: PageAnswer): void {
  if ("location" in answer) return void response.writeHead(302, { location: answer.location }).end();
  response.writeHead(answer.status, { "content-type": "text/html; charset=utf-8" }).end(answer.html);
}
