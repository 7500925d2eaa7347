import type { Timestamp } from "@bufbuild/protobuf/wkt";

/** RFC 3339 in UTC with milliseconds, or undefined for a time that is not set. */
export function isoTime(time: Timestamp | undefined): string | undefined {
  if (time === undefined || (time.seconds === 0n && time.nanos === 0)) return undefined;
  return new Date(Number(time.seconds) * 1000 + Math.floor(time.nanos / 1e6)).toISOString();
}
