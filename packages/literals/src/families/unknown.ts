import { create } from "@bufbuild/protobuf";
import { LiteralTypeSchema } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";

/** Stands in where an interface names no type at all. */
export const unknownType = create(LiteralTypeSchema);

export const unknown: Family = {
  name: "unknown",
  matches: () => true,
  describe: () => "unknown",
  schema: () => ({ type: "object" }),
};
