import { create } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";

/** Gives the time in microseconds since the epoch, never the same one twice, so that rows have a total order. */
export type Clock = () => Timestamp;

/** A clock that is strictly monotonic to the microsecond, as PostgreSQL columns need for a stable sort. */
export function createClock(now: () => Date): Clock {
  let last = 0n;
  return () => {
    const wall = BigInt(now().getTime()) * 1000n;
    last = wall > last ? wall : last + 1n;
    return fromMicros(last);
  };
}

/** The instant that many microseconds after the epoch. */
export function fromMicros(micros: bigint): Timestamp {
  return create(TimestampSchema, { seconds: micros / 1_000_000n, nanos: Number(micros % 1_000_000n) * 1000 });
}

/** Microseconds since the epoch, rounded down. */
export function toMicros(time: Timestamp): bigint {
  return time.seconds * 1_000_000n + BigInt(Math.floor(time.nanos / 1000));
}

/** The instant `ms` milliseconds later. */
export function plusMs(time: Timestamp, ms: number): Timestamp {
  return fromMicros(toMicros(time) + BigInt(Math.round(ms * 1000)));
}

/** Negative, zero or positive, as Array.sort wants it. */
export function compareTimes(a: Timestamp, b: Timestamp): number {
  if (a.seconds !== b.seconds) return a.seconds < b.seconds ? -1 : 1;
  return a.nanos - b.nanos;
}

/** The later of two instants. */
export function laterOf(a: Timestamp, b: Timestamp): Timestamp {
  return compareTimes(a, b) >= 0 ? a : b;
}

/** Milliseconds from `start` to `end`, rounded as PostgreSQL casts a numeric to bigint. */
export function durationMs(start: Timestamp, end: Timestamp): bigint {
  return BigInt(Math.round(Number(toMicros(end) - toMicros(start)) / 1000));
}
