import { LRUCache } from "lru-cache";

export interface BucketOptions {
  /** Tokens that come back in a minute; 0 is no limit. */
  perMinute: number;
  /** Tokens of a full bucket. */
  burst: number;
  /** Milliseconds that only ever grow (default: the process's own). */
  now?: () => number;
}

/** Takes tokens from a key's bucket: 0 when there were enough, else the seconds until there are. */
export type TakeTokens = (key: string, tokens?: number) => number;

// Whoever has many credentials pushes out buckets, which fill up again by that: no more than a burst each.
const MOST_KEYS = 10_000;

/** A token bucket for each key. */
export function createBuckets({
  perMinute,
  burst,
  now = () => performance.now(),
}: BucketOptions): TakeTokens {
  if (perMinute === 0) return () => 0;
  const buckets = new LRUCache<string, { left: number; at: number }>({ max: MOST_KEYS });
  const perMs = perMinute / 60_000;
  return (key, tokens = 1) => {
    const { left, at } = buckets.get(key) ?? { left: burst, at: now() };
    const filled = Math.min(burst, left + (now() - at) * perMs);
    const isEnough = filled >= tokens;
    buckets.set(key, { left: isEnough ? filled - tokens : filled, at: now() });
    return isEnough ? 0 : Math.max(1, Math.ceil((tokens - filled) / perMs / 1000));
  };
}
