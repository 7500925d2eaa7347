import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { isLoopbackHost } from "../client/endpoint.ts";
import { createToolError } from "../errors/tool-error.ts";

/** What a browser is to bring back. */
export interface Expected {
  /** Where the browser is sent, by our own address so that no one reads it in a log. */
  authorizeUrl: string;
  redirectUri: URL;
  state: string;
  /** A path below which nobody else can guess. */
  startPath: string;
}

export interface Loopback {
  /** The short address that begins the login. */
  startUrl: string;
  /** The code; rejects with a tool error when the login is refused. */
  code: Promise<string>;
  close(): void;
}

/** Listens on this machine alone for the browser that comes back from a login. Throws a tool error. */
export async function openLoopback(expected: Expected): Promise<Loopback> {
  const { redirectUri, startPath } = expected;
  const { hostname, port } = redirectUri;
  if (!isLoopbackHost(hostname) || port === "") throw new Error("not a loopback address");
  let settle: (answer: Answer) => void = () => undefined;
  const code = new Promise<string>((resolve, reject) => {
    settle = ({ code, error }) => (code === undefined ? reject(describeRefusal(error)) : resolve(code));
  });
  code.catch(() => undefined);
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    handle(request, response, expected, (result) => settle(result));
  // A browser tries either address of `localhost`.
  const hosts = hostname === "localhost" ? ["127.0.0.1", "::1"] : [hostname.replace(/^\[|\]$/g, "")];
  const servers = await Promise.all(hosts.map((host) => listen(host, Number(port), answer)));
  const open = servers.filter((server) => typeof server !== "string");
  const close = () => open.forEach((server) => server.close());
  if (servers.includes("EADDRINUSE") || open.length === 0) {
    close();
    throw describePort(port, servers.find((server) => typeof server === "string") ?? "");
  }
  return { startUrl: `http://${redirectUri.host}${startPath}`, code, close };
}

interface Answer {
  code?: string;
  error?: string;
}

function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { authorizeUrl, redirectUri, state, startPath }: Expected,
  settle: (answer: Answer) => void,
): void {
  response.setHeader("connection", "close");
  const path = request.url ?? "/";
  // Any page that the browser has open can send any path here, also one that is no address.
  if (!URL.canParse(path, redirectUri.href)) return say(response, 404, "Nothing is here.");
  const url = new URL(path, redirectUri);
  if (request.method === "GET" && url.pathname === startPath) {
    return void response.writeHead(302, { location: authorizeUrl }).end();
  }
  const isCallback = request.method === "GET" && url.pathname === redirectUri.pathname;
  if (!isCallback || !isSame(url.searchParams.get("state") ?? "", state))
    return say(response, 404, "Nothing is here.");
  const code = url.searchParams.get("code");
  if (code === null) {
    say(response, 200, "The login was refused. You may close this window.");
    return settle({ error: url.searchParams.get("error") ?? "no code" });
  }
  say(response, 200, "You are logged in to Flyte. You may close this window.");
  settle({ code });
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><title>Flyte MCP</title><p>${text}</p>`);
}

/** Takes as long whatever is right in it. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A server that does not keep the process alive, or the code of why there is none. */
function listen(
  host: string,
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server | string> {
  const server = createServer(answer).unref();
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    server.listen(port, host, () => resolve(server));
  });
}

function describeRefusal(error = ""): Error {
  const reason = /^[\w.-]{1,60}$/.test(error) ? ` (${error})` : "";
  return createToolError({
    code: "unauthenticated",
    message: `The login to Flyte was refused${reason}.`,
    hint: "Call the tool again to log in once more.",
  });
}

function describePort(port: string, reason: string): Error {
  const why = reason === "EADDRINUSE" ? "is in use, maybe by another login" : `cannot be opened (${reason})`;
  return createToolError({
    code: "unavailable",
    message: `The login cannot begin: port ${port}, where the browser is to come back to, ${why}.`,
    hint: "End what uses it, or log in by --auth-type DeviceFlow, FLYTE_API_KEY or FLYTE_ACCESS_TOKEN.",
    retryable: true,
  });
}
