import type { IncomingMessage } from "node:http";
import { withCaller } from "@flyte-mcp/core";
import type { Flyte } from "@flyte-mcp/core";
import type { Refusal } from "../refusal.ts";

/** Whoever sent a request, as far as it is known. */
export interface Caller {
  /** Names the caller in limits and records; never the credential itself. */
  id: string;
  /** The plane as this caller may use it. */
  flyte: Flyte;
}

/** Tells who sent a request, or why it is refused. */
export type Identify = (request: IncomingMessage) => Promise<Caller | Refusal>;

export interface IdentifyOptions {
  flyte: Flyte;
  /** Whether nobody but this machine can call, also by no proxy. */
  isPrivate: boolean;
}

export const isRefusal = (found: Caller | Refusal): found is Refusal => "status" in found;

/** The caller's own credential goes to Flyte; ours stands in only where nobody but this machine can call. */
export function createIdentify({ flyte, isPrivate }: IdentifyOptions): Identify {
  const stranger = { id: "anonymous", flyte: isPrivate ? flyte : { ...flyte, transport: flyte.unsigned } };
  return ({ headers: { authorization } }) =>
    Promise.resolve(
      authorization === undefined
        ? stranger
        : { id: "pass-through", flyte: withCaller(flyte, authorization) },
    );
}
