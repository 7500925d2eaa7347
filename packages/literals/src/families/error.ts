import { SimpleType } from "@flyte-mcp/idl/core/types";
import type { Family } from "../family.ts";
import { isSimple, scalarOf } from "../literal.ts";
import { ok } from "../result.ts";

export const error: Family = {
  name: "error",
  matches: (type) => isSimple(type, SimpleType.ERROR),
  describe: () => "Error",
  schema: () => ({ type: "object", format: "error" }),
  read(literal) {
    const scalar = scalarOf(literal);
    if (scalar?.case !== "error") return undefined;
    return ok({ type: "Error", message: scalar.value.message, failed_node_id: scalar.value.failedNodeId });
  },
};
