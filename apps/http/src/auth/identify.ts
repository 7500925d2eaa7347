import type { IncomingMessage } from "node:http";
import type { Flyte } from "@flyte-mcp/core";
import type { Refusal } from "../refusal.ts";

/** Whoever sent a request, as far as it is known. */
export interface Caller {
  /** Names the caller in limits and records; never the credential itself. */
  id: string;
  /** Who it is by a token that was checked. */
  subject?: string | undefined;
  /** The plane as this caller may use it. */
  flyte: Flyte;
}

/** Tells who sent a request, or why it is refused. */
export type Identify = (request: IncomingMessage) => Promise<Caller | Refusal>;
