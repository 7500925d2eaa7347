import type { CallEnd, CallWatch, WatchCall, WatchedCall } from "@flyte-mcp/core";
import type { Caller } from "../auth/identify.ts";

/** One HTTP request from its first byte to the end of its answer. */
export interface Trail {
  /** Stands in the answer, the log, the audit, and in Flyte's own log with each RPC. */
  id: string;
  /** The address it came from, of a proxy where there is one. */
  address: string | undefined;
  /** Known once it was let in. */
  caller?: Caller;
  /** What its body asks for, such as `tools/call list_tasks`. */
  asks?: string;
  /** Its `traceparent` and `tracestate`. */
  headers: Readonly<Record<string, unknown>>;
}

/** The tool or prompt of a call; undefined for what is named by an address, which is whatever its caller wrote. */
export function nameOf({ method, name }: WatchedCall): string | undefined {
  return method === "tools/call" || method === "prompts/get" ? name : undefined;
}

/** Follows the calls of all requests for one purpose; undefined where a call is none of its business. */
export type Watcher = (call: WatchedCall, trail: Trail) => CallWatch | undefined;

/** One watch of each call of a request for all purposes. */
export function watchFor(
  trail: Trail,
  watchers: readonly Watcher[],
  onFault: (error: unknown) => void,
): WatchCall {
  // A record that cannot be written must not change what a caller gets.
  const careful = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      onFault(error);
      return undefined;
    }
  };
  return (call) => {
    const watches = watchers.flatMap((watcher) => careful(() => watcher(call, trail)) ?? []);
    const headers = Object.assign(
      { "x-request-id": trail.id },
      ...watches.map((watch) => watch.headers),
    ) as Record<string, string>;
    return {
      headers,
      rpc: (rpc) => watches.forEach((watch) => careful(() => watch.rpc?.(rpc))),
      end: (end: CallEnd) => watches.forEach((watch) => careful(() => watch.end(end))),
    };
  };
}
