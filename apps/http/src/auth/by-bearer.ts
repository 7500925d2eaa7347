import type { IncomingMessage } from "node:http";
import { isRefusal } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";
import type { Challenge } from "./challenge.ts";
import type { Caller, Identify } from "./identify.ts";
import { readBearer } from "./read-bearer.ts";

export interface BearerOptions {
  challenge: Challenge;
  /** Says what is needed to who sends nothing. */
  needed: string;
}

/** Knows callers by their bearer token; a request without one, or with what is none, is refused before `judge` sees it. */
export function byBearer(
  { challenge, needed }: BearerOptions,
  judge: (token: string, request: IncomingMessage) => Caller | Refusal | Promise<Caller | Refusal>,
): Identify {
  return async (request) => {
    const found = readBearer(request);
    if (found === undefined) return challenge(request, { message: needed });
    if (isRefusal(found)) return found.status === 401 ? challenge(request, found) : found;
    return judge(found.token, request);
  };
}
