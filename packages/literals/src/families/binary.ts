import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { isSimple, scalarOf } from "../literal.ts";
import { ok } from "../result.ts";
import { stub } from "../stub.ts";

export const binary: Family = {
  name: "binary",
  matches: (type) => isSimple(type, SimpleType.BINARY),
  describe: () => "bytes",
  schema: () => ({ type: "string", format: "binary" }),
  read: (literal) => (scalarOf(literal)?.case === "binary" ? ok(stub("bytes")) : undefined),
};
