import type { Family } from "../family.ts";
import { ok } from "../result.ts";
import { readInt64 } from "../integer.ts";

/** A value of any type that the plane keeps in its store; no interface declares one. */
export const offloaded: Family = {
  name: "offloaded",
  matches: () => false,
  describe: () => "offloaded",
  schema: () => ({ type: "object" }),
  read(literal) {
    if (literal.value.case !== "offloadedMetadata") return undefined;
    const { uri, sizeBytes } = literal.value.value;
    return ok({ offloaded: true, uri, size_bytes: readInt64(sizeBytes) });
  },
};
