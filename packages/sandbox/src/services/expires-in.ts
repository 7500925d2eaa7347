import type { Duration } from "@bufbuild/protobuf/wkt";

/** The seconds that a signed URL is asked for, or those that it gets unasked. */
export function readSeconds(expiresIn: Duration | undefined, unasked: number): number {
  return expiresIn ? Number(expiresIn.seconds) + expiresIn.nanos / 1e9 : unasked;
}
