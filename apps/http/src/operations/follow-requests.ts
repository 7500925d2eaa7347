import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { WatchCall } from "@flyte-mcp/core";
import type { Log } from "./log.ts";
import { watchFor } from "./trail.ts";
import type { Trail, Watcher } from "./trail.ts";

/** A request that has ended. */
export interface Ended {
  method: string;
  status: number;
}

export interface FollowOptions {
  log: Log;
  watchers: readonly Watcher[];
  onEnd?: ((ended: Ended) => void) | undefined;
}

/** What the handler tells about a request. */
export interface Followed {
  trail: Trail;
  watch: WatchCall;
}

export type Follow = (request: IncomingMessage, response: ServerResponse, path: string) => Followed;

const PROBES = ["/health", "/ready"];
const LONGEST_PATH = 200;

/** Gives each request an id, logs it when its answer has ended, and has its calls watched. */
export function followRequests({ log, watchers, onEnd }: FollowOptions): Follow {
  const onFault = (error: unknown) => log.error({ reason: String(error) }, "a record could not be written");
  return (request, response, path) => {
    const began = performance.now();
    const { headers, socket, method = "" } = request;
    const trail: Trail = { id: idOf(headers["x-request-id"]), address: socket.remoteAddress, headers };
    response.setHeader("x-request-id", trail.id);
    response.once("close", () => {
      const ms = performance.now() - began;
      const { statusCode: status, writableFinished } = response;
      onEnd?.({ method, status });
      const { id, asks, caller, address } = trail;
      const facts = {
        request_id: id,
        caller: caller?.id,
        address,
        method,
        path: path.slice(0, LONGEST_PATH),
        asks,
        status,
      };
      const cut = writableFinished ? {} : { cut: true };
      const shown = `${method} ${facts.path}${asks === undefined ? "" : ` ${asks}`} ${status}`;
      const level = PROBES.includes(path) ? "debug" : "info";
      log[level]({ kind: "request", ...facts, ms: Math.round(ms * 10) / 10, ...cut }, shown);
    });
    return { trail, watch: watchFor(trail, watchers, onFault) };
  };
}

/** The caller's own id where it is a plain one. */
function idOf(given: string | string[] | undefined): string {
  return typeof given === "string" && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}

const LONGEST_NAME = 80;

/** What a JSON-RPC message asks for, in a few words: `tools/call list_tasks`. */
export function describeMessage(json: unknown): string | undefined {
  if (Array.isArray(json)) return `${json.length} messages`;
  if (typeof json !== "object" || json === null || !("method" in json)) return undefined;
  const { method, params } = json as { method: unknown; params?: { name?: unknown; uri?: unknown } | null };
  const subject = params?.name ?? params?.uri;
  const words = [method, subject].filter((word) => typeof word === "string");
  return words
    .join(" ")
    .replace(/[^\x20-\x7e]/g, "?")
    .slice(0, LONGEST_NAME);
}
