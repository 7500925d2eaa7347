import type { IncomingMessage, ServerResponse } from "node:http";
import type { Settings } from "@flyte-mcp/core";
import type { Refusal } from "../refusal.ts";
import { createBuckets } from "./token-bucket.ts";
import type { limitSettings } from "./limit-settings.ts";

type Values = Settings<typeof limitSettings>["values"];

/** Whose request it is as far as limits go; undefined where nobody is limited by himself. */
export type KeyOf = (request: IncomingMessage) => string | undefined;

/** Lets requests in, and each until its answer has ended. */
export interface Gate {
  /** Lets one in, or says why not; asks nobody. */
  admit(request: IncomingMessage, response: ServerResponse): Refusal | undefined;
  /** Counts what one request asks for beside its first call. */
  charge(request: IncomingMessage, more: number): Refusal | undefined;
}

/** Holds the limits that the settings name. */
export function createGate(values: Values, keyOf: KeyOf): Gate {
  const take = createBuckets({ perMinute: values.rateLimit, burst: values.rateBurst });
  const most = values.concurrentCalls || Infinity;
  const mostOfOne = values.concurrentCallsPerCaller || Infinity;
  const underWay = new Map<string, number>();
  let all = 0;
  const tooFast = (key: string, tokens?: number) => {
    const seconds = take(key, tokens);
    const times = `${values.rateLimit} requests a minute, ${values.rateBurst} at once`;
    return seconds === 0
      ? undefined
      : refuse(429, `This credential may send ${times}; wait a little.`, seconds);
  };
  const countOf = (key: string) => underWay.get(key) ?? 0;
  const leave = (key: string) => {
    all--;
    if (countOf(key) > 1) underWay.set(key, countOf(key) - 1);
    else underWay.delete(key);
  };
  return {
    admit(request, response) {
      const key = keyOf(request);
      if (all >= most)
        return refuse(503, "The server has as many calls under way as it takes; try again.", 1);
      if (key !== undefined && countOf(key) >= mostOfOne) {
        return refuse(429, `This credential has ${mostOfOne} calls under way, which is the most.`, 1);
      }
      const refusal = key === undefined ? undefined : tooFast(key);
      if (refusal) return refusal;
      const counted = key ?? "";
      all++;
      underWay.set(counted, countOf(counted) + 1);
      response.once("close", () => leave(counted));
      return undefined;
    },
    charge(request, more) {
      const key = keyOf(request);
      return key === undefined || more <= 0 ? undefined : tooFast(key, more);
    },
  };
}

function refuse(status: number, message: string, afterS: number): Refusal {
  return { status, message, headers: { "retry-after": String(afterS) } };
}
