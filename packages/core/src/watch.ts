import type { Effect } from "./contract.ts";

/** A request of a client that may reach Flyte; made for logs, audits, metrics and traces. */
export interface WatchedCall {
  /** As MCP names it. */
  method: "tools/call" | "resources/read" | "prompts/get" | "completion/complete";
  /** The tool or prompt, the address of a resource. */
  name: string;
  effect: Effect;
  /** What the client sent as `_meta`, such as `traceparent`; not checked. */
  meta: Readonly<Record<string, unknown>>;
}

/** An RPC that left for Flyte, told when it has ended. */
export interface WatchedRpc {
  /** Such as `flyteidl2.workflow.RunService`. */
  service: string;
  method: string;
  effect: Effect;
  /** What it names, such as `run flytesnacks/development/r1`; empty for reads. */
  targets: readonly string[];
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number;
  /** `ok`, or Connect's code, such as `not_found`. */
  code: string;
}

/** How a call ended. */
export interface CallEnd {
  /** `ok`, or the code of the error that the client was told. */
  code: string;
  /** What the client was told of an error: redacted. */
  text?: string;
}

/** Follows one call. */
export interface CallWatch {
  /** Sent with each RPC of the call, such as `x-request-id` and `traceparent`. */
  headers?: Readonly<Record<string, string>>;
  rpc?(rpc: WatchedRpc): void;
  end(end: CallEnd): void;
}

/** Told of every call at its start. Neither this nor what it returns may throw. */
export type WatchCall = (call: WatchedCall) => CallWatch;
